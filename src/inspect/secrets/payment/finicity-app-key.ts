import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'finicity-app-key',
  family: 'payment',
  title: 'Finicity key',
  about: 'Application keys of Finicity next to its name',
  names: ['finicity'],
  form: [run('hex', 32)],
});
