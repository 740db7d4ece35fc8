import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-workspace-token',
  family: 'forges',
  title: 'GitLab workspace token',
  about: 'Tokens of the workspaces of GitLab (`glwt-`)',
  forms: [['glwt-', run('base64Url', 20, 64)]],
});
