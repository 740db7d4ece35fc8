import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'pinata-api-secret',
  family: 'web',
  title: 'Pinata API secret',
  about: 'API secrets of Pinata next to its name',
  names: ['pinata'],
  form: [run('hex', 64)],
  also: /secret|token/i,
});
