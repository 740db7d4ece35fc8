import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'recurly-api-key',
  family: 'payment',
  title: 'Recurly API key',
  about: 'Private API keys of Recurly next to its name',
  names: ['recurly'],
  form: [run('hex', 32)],
});
