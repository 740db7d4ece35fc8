import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'yarnrc-token',
  about: 'Tokens in `.yarnrc.yml`',
  files: /(?:^|\/)\.yarnrc\.yml$/,
  what: 'a registry token',
  value:
    /^[ \t]{0,40}(?:npmAuthToken|npmAuthIdent)[ \t]{0,8}:[ \t]{0,8}["']?(?<value>[^\s"'#]{4,2000})/gm,
  example: { path: 'package/.yarnrc.yml', text: (value) => `npmAuthToken: "${value}"\n` },
});
