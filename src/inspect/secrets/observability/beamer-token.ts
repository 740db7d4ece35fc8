import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'beamer-token',
  family: 'observability',
  title: 'Beamer token',
  about: 'API tokens of Beamer next to the name',
  names: ['beamer'],
  form: ['b_', run('urlPad', 44)],
});
