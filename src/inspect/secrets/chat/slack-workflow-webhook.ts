import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'slack-workflow-webhook',
  family: 'chat',
  title: 'Slack workflow webhook',
  about: 'Addresses that start Slack workflows',
  forms: [
    [
      'hooks.slack.com/workflows/T',
      run('upperDigit', 7, 12),
      '/A',
      run('upperDigit', 7, 12),
      '/',
      run('digit', 16, 20),
      '/',
      run('alnum', 24),
    ],
    [
      'hooks.slack.com/triggers/',
      run('upperDigit', 8, 13),
      '/',
      run('digit', 10, 16),
      '/',
      run('hex', 32),
    ],
  ],
});
