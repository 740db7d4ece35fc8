import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'cargo-credentials-token',
  about: 'Tokens in credential files of Cargo',
  files:
    /(?:^|\/)\.?cargo\/(?:credentials(?:\.toml)?|config(?:\.toml)?)$|(?:^|\/)credentials\.toml$/,
  what: 'a registry token',
  value: /^[ \t]{0,8}token[ \t]{0,8}=[ \t]{0,8}["'](?<value>[^"'\n]{8,2000})["']/gm,
  example: {
    path: 'crate/.cargo/credentials.toml',
    text: (value) => `[registry]\ntoken = "${value}"\n`,
  },
});
