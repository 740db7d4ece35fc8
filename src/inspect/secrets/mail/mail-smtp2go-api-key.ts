import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mail-smtp2go-api-key',
  family: 'mail',
  title: 'SMTP2GO API key',
  about: 'API keys of SMTP2GO next to its name',
  names: ['smtp2go'],
  form: ['api-', run('alnum', 32)],
});
