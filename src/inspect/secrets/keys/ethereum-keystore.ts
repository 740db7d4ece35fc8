import { unlessExample } from '../../look-alikes/example-context.ts';
import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretRule } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'ethereum-keystore',
    version: 1,
    family: 'keys',
    title: 'wallet of Ethereum',
    about: 'Key files of Ethereum, with the private key behind a passphrase (`cipherparams`)',
    severity: 'high',
    attack: 'Whoever guesses the passphrase, as fast as machines can, signs as the owner',
  }),
  keywords: ['"cipherparams"'],
  pattern:
    /(?<prefix>"cipherparams")\s{0,8}:\s{0,8}\{\s{0,40}"iv"\s{0,8}:\s{0,8}"[0-9a-fA-F]{32}"[^<>]{0,900}?"mac"\s{0,8}:\s{0,8}"(?<mac>[0-9a-fA-F]{64})"/y,
  reach: 1200,
  verify(match) {
    if (!/"ciphertext"/.test(match.before + match.text)) return null;
    return looksGenerated((match.groups['mac'] ?? '').toLowerCase())
      ? unlessExample(LOCKED, match)
      : PLACEHOLDER;
  },
  examples: {
    bad: [{ about: 'a file', make: () => JSON.stringify({ version: 3, crypto: example() }) }],
    fine: [
      {
        about: 'no text that is encrypted',
        make: () => JSON.stringify({ ...example(), ciphertext: undefined }),
      },
    ],
  },
};

const LOCKED = {
  confidence: 'plausible',
  reason: 'it holds a key behind a passphrase',
} as const;

function example() {
  const hex = (length: number) => sampleOf([run('hex', length)], `keystore ${length}`);
  return {
    ciphertext: hex(66),
    cipherparams: { iv: hex(32) },
    cipher: 'aes-128-ctr',
    kdf: 'scrypt',
    kdfparams: { dklen: 32, salt: hex(68), n: 8192, r: 8, p: 1 },
    mac: hex(64),
  };
}
