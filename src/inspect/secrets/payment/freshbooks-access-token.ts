import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'freshbooks-access-token',
  family: 'payment',
  title: 'FreshBooks access token',
  about: 'Access tokens of FreshBooks next to its name',
  names: ['freshbooks'],
  form: [run('hex', 64)],
});
