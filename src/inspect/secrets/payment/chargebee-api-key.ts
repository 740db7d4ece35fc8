import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'chargebee-api-key',
  family: 'payment',
  title: 'Chargebee API key',
  about: 'Live API keys of Chargebee next to its name',
  names: ['chargebee'],
  form: ['live_', run('alnum', 24, 64)],
});
