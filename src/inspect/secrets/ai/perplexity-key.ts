import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'perplexity-key',
  family: 'ai',
  title: 'Perplexity API key',
  about: 'API keys of Perplexity (`pplx-`)',
  forms: [['pplx-', run('alnum', 48, 56)]],
});
