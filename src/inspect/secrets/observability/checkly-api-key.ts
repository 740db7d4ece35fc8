import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'checkly-api-key',
  family: 'observability',
  title: 'Checkly API key',
  about: 'API keys of Checkly next to its name',
  names: ['checkly'],
  form: [['cu_', 'sv_'], run('hex', 32)],
});
