import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'rclone-conf-password',
  about: 'Passwords and keys in `rclone.conf`',
  files: /(?:^|\/)\.?rclone\.conf$/,
  what: 'a password or key of a remote',
  value:
    /^[ \t]{0,8}(?:pass|password2?|secret_access_key|client_secret|token|key)[ \t]{0,8}=[ \t]{0,8}(?<value>[^\n]{8,4000})$/gm,
  example: {
    path: 'package/rclone.conf',
    text: (value) => `[remote]\ntype = s3\nsecret_access_key = ${value}\n`,
  },
});
