import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'codecov-token',
  family: 'forges',
  title: 'Codecov token',
  about: 'Upload and API tokens of Codecov, by their name',
  severity: 'medium',
  names: ['codecov'],
  form: [...UUID_PARTS],
});
