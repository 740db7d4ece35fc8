import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-webhook',
  family: 'chat',
  title: 'Slack webhook',
  about: 'Addresses of incoming Slack webhooks, which are all that it takes to write',
  forms: [
    [
      'hooks.slack.com/services/T',
      run('upperDigit', 7, 12),
      '/B',
      run('upperDigit', 7, 12),
      '/',
      run('alnum', 24),
    ],
    ['hooks.slack.com/services/', run('base64', 40, 60)],
  ],
});
