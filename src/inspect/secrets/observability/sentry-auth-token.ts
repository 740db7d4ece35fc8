import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'sentry-auth-token',
  family: 'observability',
  title: 'Sentry auth token',
  about: 'Older auth tokens of Sentry next to its name',
  names: ['sentry'],
  form: [run('hex', 64)],
  also: /token/i,
});
