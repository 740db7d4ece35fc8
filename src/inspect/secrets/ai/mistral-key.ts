import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mistral-key',
  family: 'ai',
  title: 'Mistral API key',
  about: 'API keys of Mistral, by their name',
  names: ['mistral'],
  form: [run('alnum', 32)],
});
