import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'clickup-token',
  family: 'chat',
  title: 'ClickUp token',
  about: 'Personal tokens of ClickUp next to its name',
  names: ['clickup'],
  form: ['pk_', run('digit', 6, 10), '_', run('upperDigit', 32)],
  also: /./,
});
