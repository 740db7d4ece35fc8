import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'netbird-token',
  family: 'clouds',
  title: 'NetBird token',
  about: 'Personal access tokens of NetBird (`nbp_`)',
  forms: [['nbp_', run('alnum', 36)]],
});
