import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'loops-api-key',
  family: 'mail',
  title: 'Loops API key',
  about: 'API keys of Loops next to its name',
  names: ['loops_api', 'loops_key', 'loopsapi'],
  form: [run('hex', 32)],
});
