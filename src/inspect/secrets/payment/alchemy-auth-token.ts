import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'alchemy-auth-token',
  family: 'payment',
  title: 'Alchemy token',
  about: 'Authentication tokens of Alchemy next to its name',
  names: ['alchemy'],
  form: [run('base64Url', 32)],
});
