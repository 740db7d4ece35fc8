import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'google-oauth-refresh-token',
  family: 'clouds',
  title: 'Google OAuth refresh token',
  about:
    'Refresh tokens of Google OAuth (`1//0`), with which the Chrome Web Store, Firebase and others are published to',
  forms: [['1//0', run('base64Url', 60, 120)]],
});
