import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'session-secret',
  family: 'web',
  title: 'session secret',
  about: 'Secrets that sign sessions and cookies, next to the name',
  names: [
    'sessionSecret',
    'session_secret',
    'session-secret',
    'cookieSecret',
    'cookie_secret',
    'cookie-secret',
  ],
  form: [run('secret', 24, 128)],
  version: 4,
});
