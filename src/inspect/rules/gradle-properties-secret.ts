import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'gradle-properties-secret',
  about: 'Passwords and keys in `gradle.properties`',
  files: /(?:^|\/)(?:gradle|local|keystore|key|signing)\.properties$/,
  what: 'a password or key',
  value:
    /^[ \t]{0,8}[A-Za-z0-9_.-]{0,80}(?:[Pp]assword|[Pp]assphrase|[Ss]ecret|[Tt]oken|signing\.key|[Aa]pi[Kk]ey)[ \t]{0,8}[=:][ \t]{0,8}(?<value>[^\s#]{4,2000})$/gm,
  example: { path: 'package/gradle.properties', text: (value) => `ossrhPassword=${value}\n` },
});
