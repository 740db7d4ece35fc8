import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'twitter-bearer-token',
  family: 'web',
  title: 'X bearer token',
  about: 'Bearer tokens of X, once Twitter, next to its name',
  names: ['twitter'],
  form: ['AAAAAAAAAAAAAAAAAAAAA', run('percent', 60, 120)],
});
