import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'ubidots-token',
  family: 'observability',
  title: 'Ubidots token',
  about: 'Tokens of Ubidots (`BBUS-`, `BBFF-`)',
  forms: [[['BBUS-', 'BBFF-'], run('alnum', 28, 40)]],
});
