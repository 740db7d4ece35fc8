import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-job-token',
  family: 'forges',
  title: 'GitLab job token',
  about: 'Tokens of GitLab jobs (`glcbt-`), valid while the job runs',
  severity: 'high',
  forms: [['glcbt-', run('alnum', 1, 5), '_', run('base64Url', 20)]],
});
