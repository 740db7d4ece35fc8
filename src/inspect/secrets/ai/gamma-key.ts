import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gamma-key',
  family: 'ai',
  title: 'Gamma key',
  about: 'API keys of Gamma (`sk-gamma-`)',
  forms: [['sk-gamma-', run('base64Url', 32, 64)]],
});
