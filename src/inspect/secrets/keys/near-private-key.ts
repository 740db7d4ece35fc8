import { looksRandom } from '../../look-alikes/randomness.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

const PREFIX = 'ed25519:';

export const rule = defineToken({
  id: 'near-private-key',
  version: 7,
  family: 'keys',
  title: 'NEAR private key',
  about: 'Private keys of NEAR: `ed25519:` and 64 bytes in base58; public ones are half as long',
  forms: [[PREFIX, run('base58', 86, 88)]],
  // what is shorter is a public key, of NEAR or of others
  judge: (token) =>
    looksRandom(token.slice(PREFIX.length), 58)
      ? { confidence: 'plausible', reason: 'it has the length of a private key, and looks random' }
      : { confidence: 'weak', reason: 'it looks like a placeholder or like words' },
});
