import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'civo-key',
  family: 'clouds',
  title: 'Civo API key',
  about: 'API keys of Civo, by their name',
  names: ['civo_token', 'civo_api', 'civoApi'],
  form: [run('alnum', 50)],
});
