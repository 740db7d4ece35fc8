import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mailtrap-token',
  family: 'mail',
  title: 'Mailtrap token',
  about: 'API tokens of Mailtrap next to its name',
  names: ['mailtrap'],
  form: [run('hex', 32)],
});
