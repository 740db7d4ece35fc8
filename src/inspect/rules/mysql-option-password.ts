import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'mysql-option-password',
  about: 'Passwords in option files of MySQL',
  files: /(?:^|\/)(?:\.my\.cnf|\.mylogin\.cnf|my\.cnf|my\.ini)$/,
  what: 'a database password',
  value: /^[ \t]{0,8}password[ \t]{0,8}=[ \t]{0,8}["']?(?<value>[^\s"'#]{4,300})/gm,
  example: { path: 'package/.my.cnf', text: (value) => `[client]\nuser=app\npassword=${value}\n` },
});
