import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'telegram-bot-token',
  family: 'chat',
  title: 'Telegram bot token',
  about: 'Bot tokens of Telegram: a number, a colon and thirty-five characters',
  head: [run('digit', 8, 10)],
  infix: [':AAA', ':AAB', ':AAC', ':AAD', ':AAE', ':AAF', ':AAG', ':AAH'],
  tail: [run('base64Url', 32)],
});
