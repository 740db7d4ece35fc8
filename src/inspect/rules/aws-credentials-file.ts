import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'aws-credentials-file',
  about: 'Secret keys in credential files of AWS',
  files: /(?:^|\/)\.?aws\/(?:credentials|config)$|(?:^|\/)\.?(?:s3cfg|boto|passwd-s3fs)$/,
  what: 'a secret access key or session token',
  value:
    /^[ \t]{0,8}(?:aws_secret_access_key|aws_session_token|secret_key|access_key)[ \t]{0,8}=[ \t]{0,8}(?<value>[^\s#]{8,4000})/gm,
  example: {
    path: 'package/.aws/credentials',
    text: (value) => `[default]\naws_secret_access_key = ${value}\n`,
  },
});
