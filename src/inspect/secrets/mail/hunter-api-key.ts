import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'hunter-api-key',
  family: 'mail',
  title: 'Hunter API key',
  about: 'API keys of Hunter next to the name',
  names: ['hunter_api', 'hunterApi', 'hunter_io', 'hunter_key'],
  form: [run('hex', 40)],
});
