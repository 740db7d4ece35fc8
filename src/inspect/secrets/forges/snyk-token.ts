import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'snyk-token',
  family: 'forges',
  title: 'Snyk token',
  about: 'API tokens of Snyk, by their name',
  severity: 'high',
  names: ['snyk'],
  form: [...UUID_PARTS],
});
