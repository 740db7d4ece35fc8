import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'thousandeyes-token',
  family: 'observability',
  title: 'ThousandEyes token',
  about: 'API tokens of ThousandEyes next to its name',
  names: ['thousandeyes', 'thousand_eyes'],
  form: [run('alnum', 32)],
});
