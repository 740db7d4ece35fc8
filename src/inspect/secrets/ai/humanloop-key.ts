import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'humanloop-key',
  family: 'ai',
  title: 'Humanloop API key',
  about: 'API keys of Humanloop (`hl_sk_`)',
  forms: [['hl_sk_', run('hex', 48)]],
});
