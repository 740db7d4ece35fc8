import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'salesforce-consumer-secret',
  family: 'chat',
  title: 'Salesforce consumer secret',
  about: 'Secrets of connected applications of Salesforce next to its name',
  names: ['salesforce', 'sforce', 'sfdc'],
  form: [run('HEX', 64)],
  also: /secret/i,
});
