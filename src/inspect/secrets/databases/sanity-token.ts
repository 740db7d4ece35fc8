import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'sanity-token',
  family: 'databases',
  title: 'Sanity token',
  about: 'Robot tokens of Sanity next to its name',
  names: ['sanity'],
  form: ['sk', run('alnum', 78, 200)],
});
