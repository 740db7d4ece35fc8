import { defineToken } from '../define.ts';
import { quoted, run } from '../token-form.ts';

/** Bots of recent years have ids that begin with these two digits, which base64 writes so. */
const IDS = ['MTA', 'MTE', 'MTI', 'MTM', 'MTQ'];

export const rule = defineToken({
  id: 'discord-bot-string',
  family: 'chat',
  title: 'Discord bot token',
  about: 'Strings that are bot tokens of Discord by the id that they begin with',
  forms: [
    [
      IDS.flatMap(quoted),
      run('base64Url', 21, 25),
      '.',
      run('base64Url', 6),
      '.',
      run('base64Url', 27, 38),
    ],
  ],
});
