import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-deploy-token',
  family: 'forges',
  title: 'GitLab deploy token',
  about: 'Deploy tokens of GitLab (`gldt-`)',
  forms: [['gldt-', run('base64Url', 20)]],
});
