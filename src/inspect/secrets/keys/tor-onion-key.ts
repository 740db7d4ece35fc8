import type { SecretRule } from '../../rule.ts';
import { WHOLE_KEY } from '../answers.ts';
import { textsOf } from '../define.ts';

const HEADER = '== ed25519v1-secret: type0 ==';
const BODY = Array.from({ length: 64 }, (_, at) => String.fromCharCode((at * 37 + 40) % 256));

export const rule: SecretRule = {
  ...textsOf({
    id: 'tor-onion-key',
    family: 'keys',
    title: 'onion service key',
    about: 'Secret keys of Tor onion services (`hs_ed25519_secret_key`)',
  }),
  keywords: [HEADER],
  pattern: /(?<prefix>== ed25519v1-secret: type0 ==\0{3})(?<key>[\s\S]{64})/y,
  reach: 128,
  verify: ({ groups }) =>
    new Set(groups['key']).size > 20
      ? WHOLE_KEY
      : { confidence: 'weak', reason: 'its bytes are not those of a key' },
  examples: {
    bad: [{ about: 'a key file', make: () => `${HEADER}\0\0\0${BODY.join('')}` }],
    fine: [{ about: 'the header in a parser', make: () => `expect("${HEADER}")` }],
  },
};
