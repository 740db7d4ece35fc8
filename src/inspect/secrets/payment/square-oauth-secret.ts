import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'square-oauth-secret',
  family: 'payment',
  title: 'Square OAuth secret',
  about: 'Application secrets of Square (`sq0csp-`)',
  forms: [['sq0csp-', run('base64Url', 43, 44)]],
});
