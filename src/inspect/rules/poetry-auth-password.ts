import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'poetry-auth-password',
  about: 'Passwords and tokens in `auth.toml` of Poetry',
  files: /(?:^|\/)(?:pypoetry\/)?auth\.toml$/,
  what: 'a password or token',
  value:
    /^[ \t]{0,8}(?:password|[a-z0-9_-]{1,64}[ \t]{0,4}=[ \t]{0,4}(?=["']pypi-)|pypi)[ \t]{0,8}=[ \t]{0,8}["'](?<value>[^"'\n]{4,2000})["']/gm,
  example: {
    path: 'pkg/auth.toml',
    text: (value) => `[http-basic.main]\nusername = "app"\npassword = "${value}"\n`,
  },
});
