import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'pypirc-password',
  about: 'Passwords and tokens in `.pypirc`',
  files: /(?:^|\/)\.pypirc$/,
  what: 'an upload password or token',
  value: /^[ \t]{0,8}password[ \t]{0,8}[=:][ \t]{0,8}(?<value>[^\s#;]{4,2000})/gm,
  example: {
    path: 'pkg/.pypirc',
    text: (value) => `[pypi]\nusername = __token__\npassword = ${value}\n`,
  },
});
