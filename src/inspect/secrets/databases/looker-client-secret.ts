import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'looker-client-secret',
  family: 'databases',
  title: 'Looker client secret',
  about: 'Client secrets of Looker next to the name',
  names: ['looker'],
  form: [run('lowerDigit', 24)],
});
