import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'maven-settings-password',
  version: 2,
  about:
    'Passwords in `settings.xml` of Maven, and the master password in `settings-security.xml`, which is encrypted under a key that everyone has',
  files: /(?:^|\/)(?:\.m2\/)?settings(?:-security)?\.xml$/,
  what: 'a server password',
  value:
    /<(?:(?:password|(?:gpg\.)?passphrase)>|master>\s{0,20}\{?)\s{0,20}(?<value>[^<\s]{4,500})\s{0,20}<\//gm,
  example: {
    path: 'package/.m2/settings.xml',
    text: (value) => `<server><id>ossrh</id><password>${value}</password></server>\n`,
  },
});
