import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'vultr-key',
  family: 'clouds',
  title: 'Vultr API key',
  about: 'API keys of Vultr, by their name',
  names: ['vultr'],
  form: [run('upperDigit', 36)],
});
