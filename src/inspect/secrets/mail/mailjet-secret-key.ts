import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mailjet-secret-key',
  family: 'mail',
  title: 'Mailjet key',
  about: 'API and secret keys of Mailjet next to its name',
  names: ['mailjet'],
  form: [run('hex', 32)],
});
