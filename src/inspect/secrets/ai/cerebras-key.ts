import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cerebras-key',
  family: 'ai',
  title: 'Cerebras API key',
  about: 'API keys of Cerebras (`csk-`)',
  forms: [['csk-', run('lowerDigit', 48)]],
});
