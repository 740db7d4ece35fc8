import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'discord-bot-login',
  family: 'chat',
  title: 'Discord bot token',
  about: 'Bot tokens of Discord where a bot logs in with them, or after `Bot`',
  forms: [
    [
      ['login("', "login('", 'login(`', 'Bot '],
      run('base64Url', 24, 28),
      '.',
      run('base64Url', 6),
      '.',
      run('base64Url', 27, 38),
    ],
  ],
});
