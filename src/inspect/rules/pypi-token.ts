import type { SecretAnswer, SecretRule } from '../rule.ts';
import { decodeBase64Loosely } from '../secret-format/token-checksum.ts';

const TLD = 'org';
/** The places that the two public instances write into their tokens. */
const LOCATIONS: readonly string[] = [`pypi.${TLD}`, `test.pypi.${TLD}`];

export const rule: SecretRule = {
  kind: 'secret',
  id: 'pypi-token',
  version: 2,
  category: 'secret',
  severity: 'critical',
  title: 'PyPI upload token',
  about:
    'Upload tokens of PyPI and its test instance (`pypi-`), a macaroon whose structure is read',
  attack:
    'Whoever unpacks the package can upload new versions of it, or of everything the account owns',
  mend: 'Revoke the token at PyPI now, then remove it from the package; a published secret stays public',
  keywords: ['pypi-'],
  pattern:
    /(?<prefix>pypi-)(?<macaroon>(?:(?!pypi-)[A-Za-z0-9_-]){85,2000}|(?=AgE)(?:(?!pypi-)[A-Za-z0-9_-]){40,84})/y,
  reach: 2048,
  verify({ groups }) {
    return judgeMacaroon(decodeBase64Loosely(groups['macaroon'] ?? '') ?? Buffer.alloc(0));
  },
  examples: {
    bad: [
      ...LOCATIONS.map((location) => ({
        about: `a token of an instance with ${location.split('.').length} labels in its name`,
        make: () => `password = ${exampleToken(location)}\n`,
      })),
      {
        about: 'a token of another index that speaks the same protocol',
        make: () => exampleToken('index.example.com'),
      },
      {
        about: 'a token that is cut off',
        make: () => exampleToken(LOCATIONS[0] ?? '').slice(0, -12),
      },
    ],
    fine: [
      { about: 'the prefix in a name', make: () => 'pypi-server and pypi-publish-action' },
      { about: 'a short text', make: () => 'pypi-AgEI' },
    ],
  },
};

function exampleToken(location: string): string {
  const field = (kind: number, text: string): Buffer =>
    Buffer.concat([Buffer.from([kind, text.length]), Buffer.from(text)]);
  const signature = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 37 + 11) % 256));
  const macaroon = Buffer.concat([
    Buffer.from([2]),
    field(1, location),
    field(2, ['0a1b2c3d', '4e5f', '4a6b', '8c7d', '9e0f1a2b3c4d'].join('-')),
    Buffer.from([0]),
    field(2, '[1,["aitbc-agent-sdk"]]'),
    Buffer.from([0, 0, 6, 32]),
    signature,
  ]);
  return `pypi-${macaroon.toString('base64url')}`;
}

function judgeMacaroon(bytes: Buffer): SecretAnswer {
  const { location, whole } = readMacaroon(bytes);
  if (location === null) return { confidence: 'weak', reason: 'it is not a macaroon' };
  if (!whole) return { confidence: 'plausible', reason: 'it starts as a macaroon and is cut off' };
  return LOCATIONS.includes(location)
    ? { confidence: 'proven', reason: 'it is a complete macaroon of PyPI' }
    : { confidence: 'plausible', reason: 'it is a complete macaroon of another place' };
}

/**
 * Macaroon version 2: fields of kind, length, bytes. Location and identifier, end of section;
 * caveats, each ended; end of caveats; signature of 32 bytes. Lengths are varints.
 */
function readMacaroon(bytes: Buffer): {
  readonly location: string | null;
  readonly whole: boolean;
} {
  if (bytes[0] !== 2 || bytes[1] !== 1) return { location: null, whole: false };
  const first = readField(bytes, 1);
  if (first === null || first.kind !== 1 || !/^[\x21-\x7e]+$/.test(first.text)) {
    return { location: null, whole: false };
  }
  let at = first.next;
  let endsInARow = 0;
  while (endsInARow < 2) {
    if (bytes[at] === 0) {
      endsInARow += 1;
      at += 1;
      continue;
    }
    const field = readField(bytes, at);
    if (field === null) return { location: first.text, whole: false };
    endsInARow = 0;
    at = field.next;
  }
  const whole = bytes[at] === 6 && bytes[at + 1] === 32 && bytes.length >= at + 34;
  return { location: first.text, whole };
}

function readField(
  bytes: Buffer,
  at: number,
): { readonly kind: number; readonly text: string; readonly next: number } | null {
  const kind = bytes[at];
  const low = bytes[at + 1];
  if (kind === undefined || low === undefined) return null;
  const isLong = low >= 0x80;
  const length = isLong ? (low & 0x7f) | ((bytes[at + 2] ?? 0) << 7) : low;
  const start = at + (isLong ? 3 : 2);
  if (start + length > bytes.length) return null;
  return { kind, text: bytes.toString('latin1', start, start + length), next: start + length };
}
