import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'google-oauth-access-token',
  family: 'clouds',
  title: 'Google OAuth access token',
  about: 'Access tokens of Google OAuth (`ya29.`), valid for an hour',
  severity: 'high',
  forms: [['ya29.', run('base64Url', 60, 400)]],
});
