import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mixpanel-secret',
  family: 'observability',
  title: 'Mixpanel secret',
  about: 'Secrets of Mixpanel projects and service accounts next to its name',
  names: ['mixpanel'],
  form: [run('alnum', 32)],
  also: /secret/i,
});
