import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'discord-webhook',
  family: 'chat',
  title: 'Discord webhook',
  about: 'Addresses of Discord webhooks, which are all that it takes to write',
  forms: [
    [
      ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
      run('digit', 17, 20),
      '/',
      run('base64Url', 60, 72),
    ],
  ],
});
