import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'resend-client-key',
  family: 'mail',
  title: 'Resend API key',
  about: 'API keys of Resend where a client is made with them, or after `Bearer`',
  forms: [[["Resend('re_", 'Resend("re_', 'Bearer re_'], run('alnum', 8), '_', run('alnum', 24)]],
});
