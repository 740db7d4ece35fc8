import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'koyeb-token',
  family: 'clouds',
  title: 'Koyeb token',
  about: 'API tokens of Koyeb, by their name',
  names: ['koyeb'],
  form: [run('alnum', 64)],
});
