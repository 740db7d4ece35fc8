import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'bitly-token',
  family: 'web',
  title: 'Bitly token',
  about: 'Access tokens of Bitly next to its name',
  names: ['bitly'],
  form: [run('hex', 40)],
});
