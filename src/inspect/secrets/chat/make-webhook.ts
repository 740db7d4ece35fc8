import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'make-webhook',
  family: 'chat',
  title: 'Make webhook',
  about: 'Addresses that start a scenario of Make',
  forms: [
    [
      ['hook.eu1.make.com/', 'hook.eu2.make.com/', 'hook.us1.make.com/', 'hook.us2.make.com/'],
      run('lowerDigit', 28, 40),
    ],
  ],
  severity: 'medium',
});
