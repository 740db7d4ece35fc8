import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cursor-service-key',
  family: 'ai',
  title: 'Cursor key',
  about: 'API keys of Cursor with their prefix (`crsr_`)',
  forms: [['crsr_', run('hex', 64)]],
});
