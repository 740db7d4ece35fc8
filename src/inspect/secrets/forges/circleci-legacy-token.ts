import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'circleci-legacy-token',
  family: 'forges',
  title: 'CircleCI token',
  about: 'Older tokens of CircleCI, 40 hex digits, by their name',
  names: ['circleci', 'circle_token', 'circle_ci'],
  form: [run('hex', 40)],
});
