import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'you-com-key',
  family: 'ai',
  title: 'You.com key',
  about: 'API keys of You.com (`ydc-sk-`)',
  forms: [['ydc-sk-', run('hex', 16), '-', run('alnum', 32), '-', run('hex', 8)]],
});
