import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'git-credentials-password',
  about: 'Passwords in `.git-credentials`',
  files: /(?:^|\/)(?:\.git-credentials|\.config\/git\/credentials)$/,
  what: 'a password',
  value: /^https?:\/\/[^\s:@/]{0,200}:(?<value>[^\s@/]{4,500})@/gm,
  example: { path: 'package/.git-credentials', text: (value) => `https://app:${value}@q4zk.io\n` },
});
