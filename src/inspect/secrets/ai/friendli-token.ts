import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'friendli-token',
  family: 'ai',
  title: 'Friendli token',
  about: 'Personal tokens of Friendli (`flp_`)',
  forms: [['flp_', run('alnum', 40, 50)]],
});
