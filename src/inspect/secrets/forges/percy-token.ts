import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'percy-token',
  family: 'forges',
  title: 'Percy token',
  about: 'Project tokens of Percy, by their name',
  severity: 'medium',
  names: ['percy'],
  form: [run('hex', 64)],
});
