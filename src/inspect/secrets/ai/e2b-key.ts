import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'e2b-key',
  family: 'ai',
  title: 'E2B API key',
  about: 'API keys of E2B (`e2b_`)',
  forms: [['e2b_', run('hex', 40)]],
});
