import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'pgpass-password',
  about: 'Passwords in `.pgpass`',
  files: /(?:^|\/)(?:\.pgpass|pgpass\.conf)$/,
  what: 'a database password',
  value: /^[^\s:#]{1,200}:[^\s:]{1,8}:[^\s:]{1,100}:[^\s:]{1,100}:(?<value>[^\s]{4,300})$/gm,
  example: { path: 'package/.pgpass', text: (value) => `pg7.q4zk.io:5432:main:app:${value}\n` },
});
