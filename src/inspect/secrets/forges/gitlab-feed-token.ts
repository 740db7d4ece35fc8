import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-feed-token',
  family: 'forges',
  title: 'GitLab feed token',
  about: 'Feed tokens of GitLab (`glft-`)',
  severity: 'medium',
  forms: [['glft-', run('base64Url', 20)]],
});
