import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'teams-webhook',
  family: 'chat',
  title: 'Microsoft Teams webhook',
  about: 'Addresses of Microsoft Teams webhooks',
  head: [run('dashed', 36), '@', run('dashed', 36)],
  infix: '/IncomingWebhook/',
  tail: [run('alnum', 32), '/', run('alnum', 8), '-', run('dashed', 20, 40)],
});
