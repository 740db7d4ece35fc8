import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-scim-token',
  family: 'forges',
  title: 'GitLab SCIM token',
  about: 'SCIM tokens of GitLab (`glsoat-`), which create and remove users',
  forms: [['glsoat-', run('base64Url', 20)]],
});
