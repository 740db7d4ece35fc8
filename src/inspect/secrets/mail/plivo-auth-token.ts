import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'plivo-auth-token',
  family: 'mail',
  title: 'Plivo auth token',
  about: 'Auth tokens of Plivo next to its name',
  names: ['plivo'],
  form: [run('base64Url', 40)],
});
