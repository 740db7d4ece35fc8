import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'opsgenie-api-key',
  family: 'observability',
  title: 'Opsgenie API key',
  about: 'API keys of Opsgenie, a UUID next to its name',
  names: ['opsgenie', 'ops_genie'],
  form: [...UUID_PARTS],
});
