import { defineCredentialFile } from '../credential-file.ts';

export const rule = defineCredentialFile({
  id: 'wp-config-password',
  about: 'Database passwords in `wp-config.php`',
  files: /(?:^|\/)wp-config\.php$/,
  what: 'a database password',
  value: /define\(\s{0,4}['"]DB_PASSWORD['"]\s{0,4},\s{0,4}['"](?<value>[^'"]{4,200})['"]/gm,
  example: {
    path: 'package/wp-config.php',
    text: (value) => `define('DB_PASSWORD', '${value}');\n`,
  },
});
