import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'retell-key',
  family: 'ai',
  title: 'Retell key',
  about: 'API keys of Retell next to the name',
  names: ['retell'],
  form: ['key_', run('hex', 28)],
});
