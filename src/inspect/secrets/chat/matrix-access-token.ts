import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'matrix-access-token',
  family: 'chat',
  title: 'Matrix access token',
  about: 'Access tokens of Synapse, a server of Matrix (`syt_`)',
  forms: [['syt_', run('base64Url', 4, 80), '_', run('alnum', 20), '_', run('alnum', 6)]],
});
