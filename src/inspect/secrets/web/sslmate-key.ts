import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'sslmate-key',
  family: 'web',
  title: 'SSLMate key',
  about: 'API keys of SSLMate next to the name',
  names: ['sslmate'],
  form: [run('base64Url', 20, 60)],
});
