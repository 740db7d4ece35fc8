import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'npmrc-credential',
  about: 'Credentials in `.npmrc` (`_authToken`, `_auth`, `_password`)',
  files: /(?:^|\/)\.npmrc$/,
  what: 'a registry credential',
  value:
    /^[^#;\n]{0,400}?_(?:authToken|auth|password)[ \t]{0,8}=[ \t]{0,8}["']?(?<value>[^\s"'#;]{4,2000})/gm,
  example: {
    path: 'package/.npmrc',
    text: (value) => `//registry.example.com/:_authToken=${value}\n`,
  },
});
