import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'rollbar-access-token',
  family: 'observability',
  title: 'Rollbar access token',
  about: 'Server and account tokens of Rollbar next to its name',
  names: ['rollbar'],
  form: [run('hex', 32)],
});
