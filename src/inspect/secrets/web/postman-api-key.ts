import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'postman-api-key',
  family: 'web',
  title: 'Postman API key',
  about: 'API keys of Postman (`PMAK-`)',
  forms: [['PMAK-', run('hex', 24), '-', run('hex', 34)]],
});
