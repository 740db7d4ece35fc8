import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'jwt-signing-secret',
  family: 'web',
  title: 'JWT signing secret',
  about: 'Secrets that sign JSON Web Tokens, next to a name with JWT',
  names: ['jwt_', 'jwtS'],
  form: [run('secret', 24, 160)],
  also: /secret|private|signing/i,
});
