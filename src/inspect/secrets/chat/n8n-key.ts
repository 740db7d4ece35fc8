import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'n8n-key',
  family: 'chat',
  title: 'n8n key',
  about: 'API keys of n8n in their first form (`n8n_api_`)',
  forms: [['n8n_api_', run('hex', 80)]],
});
