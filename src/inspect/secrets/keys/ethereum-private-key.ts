import { unlessExample } from '../../look-alikes/example-context.ts';
import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretRule } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';

const KEY = ['4c0883a69102937d', '6231471b5dbb6204', 'fe512961708279f3', '9a1e0c7f44b2d8e5'].join(
  '',
);

export const rule: SecretRule = {
  ...textsOf({
    id: 'ethereum-private-key',
    version: 3,
    family: 'keys',
    title: 'raw private key',
    about:
      'Private keys of 32 bytes in hexadecimal, as Ethereum and others write them, next to the name',
    attack: 'Whoever has the key signs as its owner, and spends what a wallet holds',
    mend: 'Replace the key, move the funds of its wallet now, then remove it from the package',
  }),
  keywords: [
    ...['privateKey', 'private_key', 'PRIVATE_KEY', 'PrivateKey', 'privkey', 'PRIVKEY'],
    ...['Wallet(', 'ToAccount(', 'from_key(', 'accounts: [', 'accounts:['].flatMap((before) => [
      `${before}"0x`,
      `${before}'0x`,
    ]),
  ],
  pattern:
    /(?<prefix>(?:(?:privateKey|private_key|PRIVATE_KEY|PrivateKey|privkey|PRIVKEY)[A-Z0-9_]{0,24}\\?["']?[ \t]{0,8}(?:=|:)[ \t]{0,8}\\?["'`]?|(?:Wallet\(|ToAccount\(|from_key\(|accounts: ?\[)["'])(?:0x)?)(?<key>[0-9a-fA-F]{64})(?![0-9A-Za-z])/y,
  reach: 160,
  verify(match) {
    const { groups } = match;
    const key = (groups['key'] ?? '').toLowerCase();
    return looksGenerated(key) ? unlessExample(FORMED, match) : PLACEHOLDER;
  },
  examples: {
    bad: [
      { about: 'an environment variable', make: () => `DEPLOYER_PRIVATE_KEY=0x${KEY}\n` },
      { about: 'a property', make: () => `{ privateKey: "${KEY}" }` },
      { about: 'a wallet in code', make: () => `new ethers.Wallet("0x${KEY}", provider)` },
    ],
    noted: [
      {
        about: 'in a comment of documentation',
        make: () => `/**\n * > {\n *   address: '0x1',\n *   privateKey: '0x${KEY}',\n * }\n`,
      },
    ],
    fine: [
      { about: 'a variable', make: () => `PRIVATE_KEY=${'$'}{KEY}` },
      { about: 'a public key', make: () => `publicKey: "${KEY}"` },
    ],
  },
};

const FORMED: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it has the size of a key and looks random',
};
