import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'datadog-api-key',
  family: 'observability',
  title: 'Datadog API key',
  about: 'API keys of Datadog next to its name',
  names: ['datadog', 'dd_api_key', 'dd-api-key'],
  form: [run('hex', 32)],
});
