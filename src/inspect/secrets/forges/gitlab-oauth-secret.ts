import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-oauth-secret',
  family: 'forges',
  title: 'GitLab OAuth application secret',
  about: 'Secrets of OAuth applications at GitLab (`gloas-`)',
  forms: [
    ['gloas-', run('hex', 64)],
    ['gloas-', run('base64Url', 64)],
  ],
});
