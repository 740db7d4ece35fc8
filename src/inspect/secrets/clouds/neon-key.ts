import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'neon-key',
  family: 'clouds',
  title: 'Neon API key',
  about: 'API keys of Neon (`napi_`)',
  forms: [['napi_', run('lowerDigit', 64)]],
});
