import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mailchimp-api-key',
  family: 'mail',
  title: 'Mailchimp API key',
  about: 'API keys of Mailchimp, which end in their data centre, next to its name',
  names: ['mailchimp'],
  form: [run('hex', 32), '-us', run('digit', 1, 2)],
});
