import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'secret-file',
  about:
    'Files that hold nothing but one value, and are called after a secret: `password.txt`, `app.clientSecret`, `.vault_pass`',
  files:
    /(?:^|\/)(?:[^/]{1,60}\.(?:password|passwd|passphrase|client_?secret|api_?key)|(?:[a-z]{1,20}[._-])?(?:password|passwd|passphrase|client[_-]?secret|api[_-]?key|auth[_-]?token|access[_-]?token)(?:\.txt)?|\.vault[_-](?:pass(?:word)?|token)(?:\.txt)?)$/,
  what: 'a secret and nothing else',
  value:
    /^(?:[ \t]*#[^\n]*\n|[ \t\r]*\n){0,8}(?<value>(?=\S*[0-9])(?=\S*[A-Za-z])\S{16,200})\s{0,8}$/g,
  example: { path: 'package/config/password.txt', text: (value) => `# of the app\n${value}\n` },
});
