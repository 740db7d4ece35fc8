import type { SecretRule } from '../../rule.ts';
import { encodeBase58Check, isBase58Check } from '../../secret-format/key-encodings.ts';
import { standsAlone } from '../../secret-format/token-checksum.ts';
import { RIGHT_CHECKSUM, WRONG_CHECKSUM } from '../answers.ts';
import { textsOf } from '../define.ts';

/** BIP-32: four bytes of version, depth, parent, number, chain code, key. */
const SIZE_BYTES = 82;
const XPRV = 0x0488ade4;

export const rule: SecretRule = {
  ...textsOf({
    id: 'bitcoin-extended-key',
    family: 'keys',
    title: 'extended private key',
    about: 'Extended private keys of Bitcoin wallets (`xprv` and its sisters), with their checksum',
    attack: 'Whoever has the key spends what every address below it holds',
    mend: 'Move the funds to a new wallet now, then remove the key from the package',
  }),
  keywords: ['xprv', 'yprv', 'zprv', 'tprv'],
  pattern: /(?<prefix>[xyzt]prv)[1-9A-HJ-NP-Za-km-z]{107}/y,
  reach: 120,
  verify(match) {
    if (isBase58Check(match.text, SIZE_BYTES)) {
      return RIGHT_CHECKSUM;
    }
    return standsAlone(match) ? WRONG_CHECKSUM : null;
  },
  examples: {
    bad: [{ about: 'a key in code', make: () => `const root = '${exampleKey()}';` }],
    fine: [
      { about: 'the prefix alone', make: () => 'starts with xprv or zprv' },
      { about: 'a public key', make: () => `xpub${'6'.repeat(107)}` },
    ],
  },
};

function exampleKey(): string {
  const bytes = Buffer.from(Array.from({ length: SIZE_BYTES - 4 }, (_, at) => (at * 41 + 7) % 256));
  bytes.writeUInt32BE(XPRV);
  bytes.fill(0, 4, 13);
  bytes[45] = 0;
  return encodeBase58Check(bytes);
}
