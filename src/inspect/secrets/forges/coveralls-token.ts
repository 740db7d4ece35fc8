import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'coveralls-token',
  family: 'forges',
  title: 'Coveralls token',
  about: 'Repository and API tokens of Coveralls, by their name',
  severity: 'medium',
  names: ['coveralls'],
  form: [run('alnum', 33, 37)],
});
