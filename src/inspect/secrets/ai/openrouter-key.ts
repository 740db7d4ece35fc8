import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'openrouter-key',
  family: 'ai',
  title: 'OpenRouter API key',
  about: 'API keys of OpenRouter (`sk-or-v1-`)',
  forms: [['sk-or-v1-', run('hex', 64)]],
});
