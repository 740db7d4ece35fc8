import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mailgun-api-key',
  family: 'mail',
  title: 'Mailgun API key',
  about: 'Sending and signing keys of Mailgun next to its name',
  names: ['mailgun'],
  form: [run('hex', 32), '-', run('hex', 8), '-', run('hex', 8)],
});
