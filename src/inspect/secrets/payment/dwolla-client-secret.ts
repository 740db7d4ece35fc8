import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'dwolla-client-secret',
  family: 'payment',
  title: 'Dwolla client secret',
  about: 'Client secrets of Dwolla next to its name',
  names: ['dwolla'],
  form: [run('alnum', 50)],
});
