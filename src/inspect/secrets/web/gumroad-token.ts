import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'gumroad-token',
  family: 'web',
  title: 'Gumroad token',
  about: 'Access tokens of Gumroad next to its name',
  names: ['gumroad'],
  form: [run('base64Url', 43)],
});
