import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'htpasswd-hash',
  about: 'Password hashes in `.htpasswd`',
  files: /(?:^|\/)\.?htpasswd$/,
  what: 'the hash of a password',
  value: /^[^\s:#]{1,100}:(?<value>[^\s:]{8,200})$/gm,
  example: { path: 'package/.htpasswd', text: (value) => `app:${value}\n` },
});
