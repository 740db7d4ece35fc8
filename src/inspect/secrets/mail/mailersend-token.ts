import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mailersend-token',
  family: 'mail',
  title: 'MailerSend token',
  about: 'API tokens of MailerSend (`mlsn.`)',
  forms: [['mlsn.', run('hex', 64)]],
});
