import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'creem-api-key',
  family: 'payment',
  title: 'Creem API key',
  about: 'API keys of Creem (`creem_`)',
  forms: [['creem_', run('alnum', 20, 32)]],
});
