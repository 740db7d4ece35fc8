import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'brevo-api-key',
  family: 'mail',
  title: 'Brevo API key',
  about: 'API keys of Brevo, once Sendinblue (`xkeysib-`)',
  forms: [['xkeysib-', run('hex', 64), '-', run('alnum', 16)]],
});
