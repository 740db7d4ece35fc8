import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'google-oauth-client-secret',
  family: 'clouds',
  title: 'Google OAuth client secret',
  about: 'Client secrets of Google OAuth (`GOCSPX-`)',
  forms: [['GOCSPX-', run('base64Url', 28)]],
});
