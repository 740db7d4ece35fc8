import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'splunk-token',
  family: 'observability',
  title: 'Splunk token',
  about: 'Tokens of Splunk event collectors, a UUID next to its name',
  names: ['splunk'],
  form: [...UUID_PARTS],
  also: /token|hec/i,
});
