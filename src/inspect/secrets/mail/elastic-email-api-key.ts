import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'elastic-email-api-key',
  family: 'mail',
  title: 'Elastic Email API key',
  about: 'API keys of Elastic Email next to its name',
  names: ['elasticemail', 'elastic_email'],
  form: [run('HEX', 96)],
});
