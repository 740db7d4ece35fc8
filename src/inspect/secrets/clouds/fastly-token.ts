import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'fastly-token',
  family: 'clouds',
  title: 'Fastly API token',
  about: 'API tokens of Fastly, by their name',
  names: ['fastly'],
  form: [run('base64Url', 32)],
});
