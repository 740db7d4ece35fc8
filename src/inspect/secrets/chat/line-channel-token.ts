import { looksRandom } from '../../look-alikes/randomness.ts';
import { FORMED } from '../answers.ts';
import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'line-channel-token',
  family: 'chat',
  title: 'LINE channel token',
  about: 'Tokens of channels of LINE that never end: 172 characters with an end that all have',
  head: [run('base64', 150)],
  infix: 'dB04t89/1O/',
  tail: ['w1cDnyilFU='],
  judge: (token) => (looksRandom(token.slice(0, 150), 64) ? FORMED : null),
});
