import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'groq-key',
  family: 'ai',
  title: 'Groq API key',
  about: 'API keys of Groq (`gsk_`)',
  forms: [['gsk_', run('alnum', 52)]],
});
