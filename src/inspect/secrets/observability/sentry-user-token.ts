import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'sentry-user-token',
  family: 'observability',
  title: 'Sentry user token',
  about: 'User tokens of Sentry (`sntryu_`)',
  forms: [['sntryu_', run('hex', 64)]],
});
