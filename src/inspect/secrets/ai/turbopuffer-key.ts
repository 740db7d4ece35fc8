import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'turbopuffer-key',
  family: 'ai',
  title: 'turbopuffer key',
  about: 'API keys of turbopuffer (`tpuf_`)',
  forms: [['tpuf_', run('alnum', 32, 48)]],
});
