import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'google-chat-webhook',
  family: 'chat',
  title: 'Google Chat webhook',
  about: 'Addresses of Google Chat webhooks with key and token',
  head: ['/messages?key=', run('base64Url', 39)],
  infix: '&token=',
  tail: [run('base64Url', 43, 60)],
});
