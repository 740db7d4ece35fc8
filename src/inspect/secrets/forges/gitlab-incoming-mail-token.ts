import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-incoming-mail-token',
  family: 'forges',
  title: 'GitLab incoming mail token',
  about: 'Incoming mail tokens of GitLab (`glimt-`), which open issues as their owner',
  severity: 'high',
  forms: [['glimt-', run('base64Url', 25)]],
});
