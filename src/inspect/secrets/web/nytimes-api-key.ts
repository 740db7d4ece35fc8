import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'nytimes-api-key',
  family: 'web',
  title: 'New York Times API key',
  about: 'API keys of the New York Times next to the name',
  names: ['nytimes', 'nyt_api', 'newyorktimes'],
  form: [run('alnum', 32)],
});
