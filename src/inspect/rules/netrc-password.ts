import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'netrc-password',
  about: 'Passwords in `.netrc`',
  files: /(?:^|\/)[._]netrc$/,
  what: 'a password',
  value: /(?:^|[ \t])password[ \t\n]{1,8}(?<value>[^\s]{4,500})/gm,
  example: {
    path: 'package/.netrc',
    text: (value) => `machine q4zk.io login app password ${value}\n`,
  },
});
