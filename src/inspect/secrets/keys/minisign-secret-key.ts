import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { standsAlone } from '../../secret-format/token-checksum.ts';
import { WHOLE_KEY } from '../answers.ts';
import { textsOf } from '../define.ts';

/** Two bytes each: algorithm `Ed`, key derivation `Sc` or none, checksum `B2`; 158 in all. */
const SIZE_BYTES = 158;

export const rule: SecretRule = {
  ...textsOf({
    id: 'minisign-secret-key',
    family: 'keys',
    title: 'minisign secret key',
    about: 'Secret keys of minisign, with a password or without',
  }),
  keywords: ['RWRTY0Iy', 'RWQAAEIy'],
  pattern: /(?<prefix>RW(?:RTY0|QAAE)Iy)[A-Za-z0-9+/]{203}=/y,
  reach: 220,
  verify: judge,
  examples: {
    bad: [
      { about: 'an encrypted key file', make: () => exampleFile('Sc') },
      { about: 'a key without a password', make: () => exampleFile('\0\0') },
    ],
    fine: [{ about: 'the start of a key', make: () => 'RWRTY0Iy and so on' }],
  },
};

function judge(match: SecretMatch): SecretAnswer | null {
  if (!standsAlone(match)) return null;
  return match.text.startsWith('RWRT')
    ? { confidence: 'plausible', reason: 'it is encrypted with a password' }
    : WHOLE_KEY;
}

function exampleFile(derivation: string): string {
  const bytes = Buffer.from(Array.from({ length: SIZE_BYTES }, (_, at) => (at * 59 + 23) % 256));
  bytes.write(`Ed${derivation}B2`, 0, 'latin1');
  return `untrusted comment: minisign encrypted secret key\n${bytes.toString('base64')}\n`;
}
