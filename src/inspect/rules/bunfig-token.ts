import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'bunfig-token',
  about: 'Tokens in `bunfig.toml`',
  files: /(?:^|\/)\.?bunfig\.toml$/,
  what: 'a registry token or password',
  value: /(?:^|[\s{,])(?:token|password)[ \t]{0,8}=[ \t]{0,8}["'](?<value>[^"'\n]{4,2000})["']/gm,
  example: {
    path: 'package/bunfig.toml',
    text: (value) => `[install]\nregistry = { url = "https://q4zk.io", token = "${value}" }\n`,
  },
});
