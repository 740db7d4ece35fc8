import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'resend-api-key',
  family: 'mail',
  title: 'Resend API key',
  about: 'API keys of Resend (`re_`) next to its name',
  names: ['resend'],
  form: ['re_', run('alnum', 8), '_', run('alnum', 24)],
});
