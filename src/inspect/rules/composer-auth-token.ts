import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'composer-auth-token',
  about: 'Tokens and passwords in `auth.json` of Composer',
  files: /(?:^|\/)(?:\.composer\/|composer\/)?auth\.json$/,
  what: 'a token or password',
  value: /"(?:password|[a-z0-9.-]{3,200}\.[a-z]{2,10})"\s{0,8}:\s{0,8}"(?<value>[^"\s]{8,2000})"/gm,
  example: {
    path: 'package/auth.json',
    text: (value) => `{"http-basic": {"q4zk.io": {"username": "app", "password": "${value}"}}}`,
  },
});
