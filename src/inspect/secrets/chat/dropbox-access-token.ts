import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dropbox-access-token',
  family: 'chat',
  title: 'Dropbox access token',
  about: 'Short-lived access tokens of Dropbox (`sl.`)',
  forms: [[['sl.A', 'sl.B', 'sl.C', 'sl.u.'], run('base64Url', 128, 1400)]],
});
