import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'courier-api-key',
  family: 'mail',
  title: 'Courier API key',
  about: 'Production keys of Courier (`pk_prod_`)',
  forms: [['pk_prod_', run('upperDigit', 28)]],
});
