import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-user-token',
  family: 'chat',
  title: 'Slack user token',
  about: 'Tokens of Slack users (`xoxp-`)',
  forms: [
    [
      'xoxp-',
      run('digit', 6, 14),
      '-',
      run('digit', 6, 14),
      '-',
      run('digit', 6, 14),
      '-',
      run('anyHex', 16, 34),
    ],
  ],
});
