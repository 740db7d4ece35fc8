import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'gcloud-credentials-file',
  about: 'Refresh tokens and keys in credential files of gcloud',
  files:
    /(?:^|\/)(?:application_default_credentials|adc|legacy_credentials\/[^/]{1,200}\/adc)\.json$/,
  what: 'a refresh token or client secret',
  value: /"(?:refresh_token|client_secret|private_key)"\s{0,8}:\s{0,8}"(?<value>[^"]{8,8000})"/gm,
  example: {
    path: 'package/application_default_credentials.json',
    text: (value) => `{"refresh_token": "${value}", "type": "authorized_user"}`,
  },
});
