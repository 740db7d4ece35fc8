import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'sparkpost-api-key',
  family: 'mail',
  title: 'SparkPost API key',
  about: 'API keys of SparkPost next to its name',
  names: ['sparkpost'],
  form: [run('hex', 40)],
});
