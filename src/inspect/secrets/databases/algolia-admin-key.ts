import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'algolia-admin-key',
  family: 'databases',
  title: 'Algolia admin key',
  about: 'Admin and write keys of Algolia next to its name; search keys are public',
  names: ['algolia'],
  form: [run('hex', 32)],
  also: /admin|write|usage|monitor|secret/i,
});
