import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { standsAlone } from '../../secret-format/token-checksum.ts';
import { LOCKED_KEY, WHOLE_KEY } from '../answers.ts';
import { textsOf } from '../define.ts';

/** `Ed`, `BK`, rounds, salt, checksum, number and key; 104 bytes. Without rounds: no passphrase. */
const SIZE_BYTES = 104;

export const rule: SecretRule = {
  ...textsOf({
    id: 'signify-secret-key',
    family: 'keys',
    title: 'signify secret key',
    about: 'Secret keys of signify, with a passphrase or without',
  }),
  keywords: ['RWRCSwAA'],
  pattern: /(?<prefix>RWRCSwAA)[A-Za-z0-9+/]{131}=/y,
  reach: 150,
  verify: judge,
  examples: {
    bad: [
      { about: 'a key with a passphrase', make: () => exampleFile(42) },
      { about: 'a key without one', make: () => exampleFile(0) },
    ],
    fine: [{ about: 'the start of a key', make: () => 'RWRCSwAA and so on' }],
  },
};

function judge(match: SecretMatch): SecretAnswer | null {
  if (!standsAlone(match)) return null;
  const rounds = Buffer.from(match.text, 'base64').readUInt32BE(4);
  return rounds === 0 ? WHOLE_KEY : LOCKED_KEY;
}

function exampleFile(rounds: number): string {
  const bytes = Buffer.from(Array.from({ length: SIZE_BYTES }, (_, at) => (at * 59 + 23) % 256));
  bytes.write('EdBK', 0, 'latin1');
  bytes.writeUInt32BE(rounds, 4);
  return `untrusted comment: signify secret key\n${bytes.toString('base64')}\n`;
}
