import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'maven-settings-password',
  about: 'Passwords in `settings.xml` of Maven',
  files: /(?:^|\/)(?:\.m2\/)?settings(?:-security)?\.xml$/,
  what: 'a server password',
  value: /<(?:password|passphrase|master)>\s{0,20}(?<value>[^<\s]{4,500})\s{0,20}<\//gm,
  example: {
    path: 'package/.m2/settings.xml',
    text: (value) => `<server><id>ossrh</id><password>${value}</password></server>\n`,
  },
});
