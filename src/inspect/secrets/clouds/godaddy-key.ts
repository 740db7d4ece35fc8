import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'godaddy-key',
  family: 'clouds',
  title: 'GoDaddy key',
  about: 'Keys and secrets of GoDaddy in a header (`sso-key`)',
  forms: [['sso-key ', run('word', 20, 40), ':', run('alnum', 20, 24)]],
});
