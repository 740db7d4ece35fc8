import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'requesty-key',
  family: 'ai',
  title: 'Requesty key',
  about: 'API keys of the router Requesty (`rqsty-sk-`)',
  forms: [['rqsty-sk-', run('base64Url', 40, 120)]],
});
