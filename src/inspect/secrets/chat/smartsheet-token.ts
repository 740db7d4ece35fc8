import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'smartsheet-token',
  family: 'chat',
  title: 'Smartsheet token',
  about: 'Access tokens of Smartsheet next to its name',
  names: ['smartsheet'],
  form: [run('alnum', 37)],
});
