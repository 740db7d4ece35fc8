import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-session-cookie',
  family: 'chat',
  title: 'Slack session cookie',
  about: 'Session cookies of Slack clients (`xoxd-`)',
  forms: [['xoxd-', run('percent', 80, 400)]],
});
