import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitpod-token',
  family: 'forges',
  title: 'Gitpod personal access token',
  about: 'Personal access tokens of Gitpod (`gitpod_pat_`)',
  forms: [['gitpod_pat_', run('base64Url', 43), '.', run('alnum', 40)]],
});
