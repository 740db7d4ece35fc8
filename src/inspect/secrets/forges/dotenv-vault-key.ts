import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dotenv-vault-key',
  family: 'forges',
  title: 'dotenv vault key',
  about: 'Keys that open a vault of dotenv (`dotenv://:key_`)',
  forms: [['dotenv://:key_', run('hex', 64)]],
});
