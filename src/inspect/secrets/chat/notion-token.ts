import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'notion-token',
  family: 'chat',
  title: 'Notion token',
  about: 'Integration tokens of Notion (`ntn_`, `secret_`)',
  forms: [
    ['ntn_', run('digit', 11), run('alnum', 35)],
    ['secret_', run('alnum', 43)],
  ],
});
