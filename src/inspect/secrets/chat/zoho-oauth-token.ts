import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'zoho-oauth-token',
  family: 'chat',
  title: 'Zoho OAuth token',
  about: 'Access, refresh and grant tokens of Zoho (`1000.`)',
  forms: [['1000.', run('hex', 32), '.', run('hex', 32)]],
});
