import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'apollo-io-key',
  family: 'web',
  title: 'Apollo API key',
  about: 'API keys of Apollo next to the name',
  names: ['apollo_api', 'apollo_io', 'apolloApi', 'apollo_key'],
  form: [run('base64Url', 22)],
});
