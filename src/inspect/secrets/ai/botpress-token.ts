import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'botpress-token',
  family: 'ai',
  title: 'Botpress token',
  about: 'Personal access tokens of Botpress (`bp_pat_`)',
  forms: [['bp_pat_', run('alnum', 36)]],
});
