import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-workspace-token',
  family: 'chat',
  title: 'Slack workspace token',
  about: 'Older workspace tokens of Slack (`xoxa-2-`, `xoxr-`)',
  forms: [
    [
      ['xoxa-2-', 'xoxa-', 'xoxr-'],
      run('digit', 8, 14),
      '-',
      run('digit', 8, 14),
      '-',
      run('digit', 8, 14),
      '-',
      run('anyHex', 10, 64),
    ],
  ],
});
