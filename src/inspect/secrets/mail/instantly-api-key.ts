import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'instantly-api-key',
  family: 'mail',
  title: 'Instantly API key',
  about: 'API keys of Instantly next to the name',
  names: ['instantly'],
  form: [run('base64', 60, 68)],
});
