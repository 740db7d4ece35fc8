import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitlab-feature-flag-token',
  family: 'forges',
  title: 'GitLab feature flag client token',
  about: 'Client tokens for feature flags of GitLab (`glffct-`)',
  severity: 'medium',
  forms: [['glffct-', run('base64Url', 20)]],
});
