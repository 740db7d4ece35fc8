import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'minimax-key',
  family: 'ai',
  title: 'MiniMax API key',
  about: 'API keys of MiniMax (`sk-api-`)',
  forms: [['sk-api-', run('base64Url', 119)]],
});
