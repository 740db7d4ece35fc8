import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'twitch-chat-token',
  family: 'chat',
  title: 'Twitch chat token',
  about: 'Tokens for the chat of Twitch (`oauth:`)',
  forms: [['oauth:', run('lowerDigit', 30)]],
});
