import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'xai-key',
  family: 'ai',
  title: 'xAI API key',
  about: 'API keys of xAI (`xai-`)',
  forms: [['xai-', run('alnum', 70, 120)]],
});
