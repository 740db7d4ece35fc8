import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-agent-token',
  family: 'forges',
  title: 'GitLab agent token',
  about: 'Tokens of the GitLab agent for Kubernetes (`glagent-`)',
  forms: [['glagent-', run('base64Url', 50)]],
});
