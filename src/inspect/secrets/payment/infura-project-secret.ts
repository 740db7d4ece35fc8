import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'infura-project-secret',
  family: 'payment',
  title: 'Infura secret',
  about: 'API key secrets of Infura next to its name',
  names: ['infura'],
  form: [run('alnum', 32, 64)],
  also: /secret/i,
});
