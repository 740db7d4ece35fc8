import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'gocardless-access-token',
  family: 'payment',
  title: 'GoCardless access token',
  about: 'Live access tokens of GoCardless next to its name',
  names: ['gocardless'],
  form: ['live_', run('base64Url', 40)],
});
