import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'pushover-token',
  family: 'chat',
  title: 'Pushover token',
  about: 'Application tokens of Pushover next to its name',
  names: ['pushover'],
  form: [run('lowerDigit', 30)],
});
