import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-session-token',
  family: 'chat',
  title: 'Slack session token',
  about: 'Session tokens of Slack clients (`xoxc-`)',
  forms: [
    [
      'xoxc-',
      run('digit', 9, 15),
      '-',
      run('digit', 9, 15),
      '-',
      run('digit', 9, 15),
      '-',
      run('hex', 64),
    ],
  ],
});
