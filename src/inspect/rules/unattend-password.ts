import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'unattend-password',
  about: 'Passwords in answer files with which Windows installs itself (`autounattend.xml`)',
  files: /(?:^|\/)(?:auto)?unattend[^/]{0,40}\.xml$/,
  what: 'a password of an account',
  value: /Password>\s{0,80}<Value>(?<value>[^<\s]{4,300})<\/Value>/gm,
  example: {
    path: 'package/autounattend.xml',
    text: (value) =>
      `<AdministratorPassword>\n  <Value>${value}</Value>\n</AdministratorPassword>\n`,
  },
});
