import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'twitter-access-token',
  family: 'web',
  title: 'X access token',
  about: 'Access tokens of X, once Twitter, next to its name',
  names: ['twitter'],
  form: [run('digit', 15, 25), '-', run('alnum', 20, 40)],
});
