import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'square-access-token',
  family: 'payment',
  title: 'Square access token',
  about: 'Access tokens of Square (`sq0atp-`)',
  forms: [['sq0atp-', run('base64Url', 22)]],
});
