import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'langwatch-key',
  family: 'ai',
  title: 'LangWatch key',
  about: 'API keys of LangWatch (`sk-lw-`)',
  forms: [['sk-lw-', run('alnum', 40, 64)]],
});
