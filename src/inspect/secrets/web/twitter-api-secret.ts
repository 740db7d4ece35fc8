import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'twitter-api-secret',
  family: 'web',
  title: 'X API secret',
  about: 'API and access secrets of X, once Twitter, next to its name',
  names: ['twitter'],
  form: [run('alnum', 45, 50)],
  also: /secret/i,
});
