import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'greptile-key',
  family: 'ai',
  title: 'Greptile API key',
  about: 'API keys of Greptile, by their name',
  names: ['greptile'],
  form: [run('base64', 48)],
});
