import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'onelogin-secret',
  family: 'web',
  title: 'OneLogin secret',
  about: 'Client secrets of OneLogin next to its name',
  names: ['onelogin'],
  form: [run('hex', 64)],
  also: /secret/i,
});
