import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'ovh-secret',
  family: 'clouds',
  title: 'OVHcloud secret',
  about: 'Application secrets and consumer keys of OVHcloud, by their name',
  names: ['ovh_application', 'ovhApplication', 'ovh_consumer', 'ovhConsumer', 'ovh_secret'],
  form: [run('alnum', 32)],
  also: /secret|consumer/i,
});
