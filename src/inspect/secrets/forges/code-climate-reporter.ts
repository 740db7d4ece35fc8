import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'code-climate-reporter',
  family: 'forges',
  title: 'Code Climate reporter id',
  about: 'Reporter ids of Code Climate, which send coverage for a repository, by their name',
  severity: 'medium',
  names: ['cc_test_reporter'],
  form: [run('hex', 64)],
  also: /./,
});
