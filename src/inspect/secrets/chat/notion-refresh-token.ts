import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'notion-refresh-token',
  family: 'chat',
  title: 'Notion refresh token',
  about: 'Refresh tokens of Notion (`nrt_`)',
  forms: [['nrt_', run('word', 40, 55)]],
});
