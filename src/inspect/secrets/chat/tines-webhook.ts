import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'tines-webhook',
  family: 'chat',
  title: 'Tines webhook',
  about: 'Addresses that start stories of Tines, with their secret',
  head: [run('dashed', 2, 60)],
  infix: '.tines.com/webhook/',
  tail: [run('lowerDigit', 32), '/', run('lowerDigit', 32)],
});
