import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-legacy-token',
  family: 'chat',
  title: 'Slack legacy token',
  about: 'Older tokens of Slack (`xoxo-`, `xoxs-`)',
  forms: [
    [
      ['xoxo-', 'xoxs-'],
      run('digit', 6, 14),
      '-',
      run('digit', 6, 14),
      '-',
      run('digit', 6, 14),
      '-',
      run('anyHex', 10, 64),
    ],
  ],
});
