import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'session-secret',
  family: 'web',
  title: 'session secret',
  about: 'Secrets that sign sessions and cookies, next to the name',
  names: ['session', 'cookie'],
  form: [run('secret', 24, 128)],
  also: /secret/i,
});
