import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-runner-registration-token',
  family: 'forges',
  title: 'GitLab runner registration token',
  about: 'Registration tokens of GitLab runners (`GR1348941`)',
  forms: [['GR1348941', run('base64Url', 20)]],
});
