import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'cohere-key',
  family: 'ai',
  title: 'Cohere API key',
  about: 'API keys of Cohere, by their name',
  names: ['cohere', 'co_api_key'],
  form: [run('alnum', 40)],
});
