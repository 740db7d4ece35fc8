import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mollie-api-key',
  family: 'payment',
  title: 'Mollie API key',
  about: 'Live keys and access tokens of Mollie next to its name',
  names: ['mollie'],
  form: [['live_', 'access_'], run('alnum', 30, 40)],
});
