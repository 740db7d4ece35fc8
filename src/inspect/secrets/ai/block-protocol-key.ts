import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'block-protocol-key',
  family: 'ai',
  title: 'Block Protocol key',
  about: 'API keys of the Block Protocol (`b10ck5.`)',
  forms: [['b10ck5.', run('alnum', 32), '.', run('dashed', 36)]],
});
