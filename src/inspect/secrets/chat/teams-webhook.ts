import { defineInfixToken } from '../define.ts';
import { run, UUID_PARTS } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'teams-webhook',
  family: 'chat',
  title: 'Microsoft Teams webhook',
  about: 'Addresses of Microsoft Teams webhooks',
  head: ['@', ...UUID_PARTS],
  infix: '/IncomingWebhook/',
  tail: [run('hex', 32), '/', ...UUID_PARTS],
});
