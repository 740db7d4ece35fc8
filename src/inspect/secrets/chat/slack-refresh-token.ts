import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-refresh-token',
  family: 'chat',
  title: 'Slack refresh token',
  about: 'Refresh tokens of Slack (`xoxe-1-`)',
  forms: [['xoxe-1-', run('base64Url', 140, 150)]],
});
