import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'warp-key',
  family: 'ai',
  title: 'Warp API key',
  about: 'API keys of Warp (`wk-1.`)',
  forms: [['wk-1.', run('hex', 64)]],
});
