import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'firebase-server-key',
  family: 'clouds',
  title: 'Firebase Cloud Messaging server key',
  about: 'Older server keys of Firebase Cloud Messaging, with `:APA91b` inside',
  head: ['AAAA', run('base64Url', 7)],
  infix: ':APA91b',
  tail: [run('base64Url', 134)],
});
