import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'yelp-key',
  family: 'web',
  title: 'Yelp key',
  about: 'API keys of Yelp next to its name',
  names: ['yelp'],
  form: [run('base64Url', 128)],
});
