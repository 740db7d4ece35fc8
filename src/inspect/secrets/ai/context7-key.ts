import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'context7-key',
  family: 'ai',
  title: 'Context7 key',
  about: 'API keys of Context7 (`ctx7sk-` and a UUID)',
  forms: [['ctx7sk-', ...UUID_PARTS]],
});
