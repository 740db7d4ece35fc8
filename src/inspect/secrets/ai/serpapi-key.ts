import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'serpapi-key',
  family: 'ai',
  title: 'SerpApi key',
  about: 'Keys of SerpApi, by their name',
  severity: 'medium',
  names: ['serpapi', 'serp_api'],
  form: [run('hex', 64)],
});
