import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'letta-key',
  family: 'ai',
  title: 'Letta key',
  about: 'API keys of Letta (`sk-let-`)',
  forms: [['sk-let-', run('base64Pad', 60, 140)]],
});
