import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mandrill-api-key',
  family: 'mail',
  title: 'Mandrill API key',
  about: 'API keys of Mandrill next to its name',
  names: ['mandrill'],
  form: ['md-', run('base64Url', 22)],
});
