import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-configuration-token',
  family: 'chat',
  title: 'Slack configuration token',
  about: 'Configuration tokens of Slack (`xoxe.xoxp-`)',
  forms: [[['xoxe.xoxp-1-', 'xoxe.xoxb-1-'], run('base64Url', 160, 170)]],
});
