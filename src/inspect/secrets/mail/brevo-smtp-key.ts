import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'brevo-smtp-key',
  family: 'mail',
  title: 'Brevo SMTP key',
  about: 'SMTP keys of Brevo (`xsmtpsib-`)',
  forms: [['xsmtpsib-', run('hex', 64), '-', run('alnum', 16)]],
});
