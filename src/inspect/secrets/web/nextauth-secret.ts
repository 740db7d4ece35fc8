import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'nextauth-secret',
  family: 'web',
  title: 'Auth.js secret',
  about: 'Secrets of Auth.js (`NEXTAUTH_SECRET`, `AUTH_SECRET`)',
  names: ['nextauth_secret', 'auth_secret'],
  form: [run('base64', 30, 88)],
});
