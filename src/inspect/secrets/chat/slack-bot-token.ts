import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-bot-token',
  family: 'chat',
  title: 'Slack bot token',
  about: 'Bot tokens of Slack (`xoxb-`)',
  forms: [
    ['xoxb-', run('digit', 8, 14), '-', run('digit', 8, 14), '-', run('alnum', 18, 34)],
    ['xoxb-', run('digit', 8, 14), '-', run('alnum', 10, 26)],
  ],
});
