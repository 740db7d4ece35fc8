import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mailgun-private-key',
  family: 'mail',
  title: 'Mailgun private key',
  about: 'Older API keys of Mailgun (`key-` and thirty-two small letters and digits)',
  forms: [['key-', run('lowerDigit', 32)]],
});
