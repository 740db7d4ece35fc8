import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'honeycomb-api-key',
  family: 'observability',
  title: 'Honeycomb API key',
  about: 'Classic keys of Honeycomb next to its name',
  names: ['honeycomb'],
  form: [run('hex', 32)],
});
