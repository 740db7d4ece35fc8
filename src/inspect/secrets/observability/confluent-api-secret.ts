import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'confluent-api-secret',
  family: 'observability',
  title: 'Confluent API secret',
  about: 'Older API secrets of Confluent Cloud next to its name',
  names: ['confluent', 'ccloud'],
  form: [run('base64', 64)],
  also: /secret/i,
});
