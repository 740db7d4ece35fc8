import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'wireguard-private-key',
    family: 'keys',
    title: 'WireGuard key',
    about: 'Private and preshared keys of WireGuard configurations',
  }),
  keywords: ['PrivateKey', 'PresharedKey'],
  pattern:
    /(?<prefix>(?<kind>PrivateKey|PresharedKey)[ \t]{0,8}=[ \t]{0,8})(?<key>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)(?![A-Za-z0-9+/=])/y,
  reach: 96,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a configuration',
        make: () => `[Interface]\nPrivateKey = ${exampleKey()}\nListenPort = 51820\n`,
      },
      {
        about: 'a preshared key of a peer',
        make: () => `[Peer]\nPresharedKey = ${exampleKey()}\nAllowedIPs = 0.0.0.0/0\n`,
      },
    ],
    fine: [
      { about: 'a public key', make: () => `[Peer]\nPublicKey = ${exampleKey()}\n` },
      { about: 'a key of something else', make: () => `PrivateKey = ${exampleKey()}\n` },
    ],
  },
};

/** A private key is clamped (RFC 7748 section 5); one in thirty-two random texts is, too. */
function judge({ groups, before, after }: SecretMatch): SecretAnswer | null {
  const isConfiguration = /\[(?:Interface|Peer)\]|AllowedIPs|ListenPort/.test(before + after);
  if (!isConfiguration) return null;
  const key = Buffer.from(groups['key'] ?? '', 'base64');
  const isClamped = ((key[0] ?? 1) & 7) === 0 && ((key[31] ?? 0) & 0xc0) === 0x40;
  if (new Set(key).size < 12) return PLACEHOLDER;
  return groups['kind'] === 'PrivateKey' && !isClamped
    ? { confidence: 'weak', reason: 'its bits are not those of such a key' }
    : { confidence: 'plausible', reason: 'it stands in a configuration of WireGuard' };
}

function exampleKey(): string {
  const bytes = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 73 + 40) % 256));
  bytes[0] = 0x48;
  bytes[31] = 0x5d;
  return bytes.toString('base64');
}
