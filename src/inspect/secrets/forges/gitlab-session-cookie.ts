import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-session-cookie',
  family: 'forges',
  title: 'GitLab session cookie',
  about: 'Session cookies of GitLab',
  forms: [['_gitlab_session=', run('hex', 32)]],
});
