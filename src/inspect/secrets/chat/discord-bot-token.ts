import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'discord-bot-token',
  family: 'chat',
  title: 'Discord bot token',
  about: 'Bot tokens of Discord next to its name',
  names: ['discord'],
  form: [run('base64Url', 24, 28), '.', run('base64Url', 6), '.', run('base64Url', 27, 38)],
});
