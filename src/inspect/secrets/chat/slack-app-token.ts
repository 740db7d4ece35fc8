import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-app-token',
  family: 'chat',
  title: 'Slack app token',
  about: 'App-level tokens of Slack (`xapp-1-`)',
  forms: [
    [
      'xapp-',
      run('digit', 1, 5),
      '-A',
      run('upperDigit', 8, 14),
      '-',
      run('digit', 10, 14),
      '-',
      run('anyHex', 60, 80),
    ],
    ['xapp-1-A', run('upperDigit', 8, 12), '-', run('digit', 10, 14), '-', run('hex', 64)],
  ],
});
