import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'fastgpt-key',
  family: 'ai',
  title: 'FastGPT API key',
  about: 'API keys of FastGPT (`fastgpt-`)',
  forms: [['fastgpt-', run('alnum', 44, 64)]],
});
