import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'codacy-token',
  family: 'forges',
  title: 'Codacy token',
  about: 'Project tokens of Codacy, by their name',
  severity: 'medium',
  names: ['codacy'],
  form: [run('hex', 32)],
});
