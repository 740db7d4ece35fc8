import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'weatherstack-key',
  family: 'web',
  title: 'weatherstack key',
  about: 'API keys of weatherstack next to the name',
  names: ['weatherstack'],
  form: [run('hex', 32)],
});
