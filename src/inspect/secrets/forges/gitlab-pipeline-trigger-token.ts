import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-pipeline-trigger-token',
  family: 'forges',
  title: 'GitLab pipeline trigger token',
  about: 'Pipeline trigger tokens of GitLab (`glptt-` and 40 hex digits)',
  forms: [['glptt-', run('hex', 40)]],
});
