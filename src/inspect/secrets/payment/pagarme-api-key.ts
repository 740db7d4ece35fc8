import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'pagarme-api-key',
  family: 'payment',
  title: 'Pagar.me API key',
  about: 'API keys of Pagar.me (`ak_live_`)',
  forms: [['ak_live_', run('alnum', 30)]],
});
