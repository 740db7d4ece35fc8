import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'nylas-api-key',
  family: 'mail',
  title: 'Nylas API key',
  about: 'API keys of Nylas (`nyk_`)',
  forms: [['nyk_', run('alnum', 60, 70)]],
});
