import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'plaid-secret',
  family: 'payment',
  title: 'Plaid secret',
  about: 'Secrets of Plaid next to its name',
  names: ['plaid'],
  form: [run('hex', 30)],
  also: /secret/i,
});
