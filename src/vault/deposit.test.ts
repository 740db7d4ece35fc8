import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCountersignError } from '../core/errors.ts';
import type { Sha256 } from '../core/names.ts';
import { Secret } from '../host/secret.ts';
import {
  type Deposit,
  type DepositContext,
  depositPublicKey,
  openDeposit,
  sealDeposit,
} from './deposit.ts';

const privateKey = randomBytes(32);
const publicKey = depositPublicKey(privateKey);
const context: DepositContext = {
  genesis: 'a'.repeat(64) as Sha256,
  name: 'npm-private',
  origin: 'https://registry.example.com',
  kind: 'npm',
  purpose: 'publish',
};
const text = ['a', 'secret', 'for', 'tests'].join('-');

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isCountersignError(error)) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

describe('deposit', () => {
  test('the publisher opens what was sealed to it, also after a round through JSON', () => {
    const sealed: unknown = JSON.parse(
      JSON.stringify(sealDeposit(publicKey, context, new Secret(text))),
    );
    expect(openDeposit(privateKey, sealed, context).reveal()).toBe(text);
  });

  test('the public key is the one of RFC 7748 section 6.1', () => {
    const secret = '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb';
    const point = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';
    expect(depositPublicKey(Buffer.from(secret, 'hex'))).toBe(
      Buffer.from(point, 'hex').toString('base64'),
    );
  });

  test('two deposits of one secret share nothing', () => {
    const first = sealDeposit(publicKey, context, new Secret(text));
    const second = sealDeposit(publicKey, context, new Secret(text));
    expect(first.ephemeral).not.toBe(second.ephemeral);
    expect(first.ciphertext).not.toBe(second.ciphertext);
    expect(JSON.stringify(first)).not.toContain(text);
  });

  test('another publisher cannot open it', () => {
    const sealed = sealDeposit(publicKey, context, new Secret(text));
    expect(codeOf(() => openDeposit(randomBytes(32), sealed, context))).toBe('vault-tampered');
  });

  test.each([
    ['genesis', 'b'.repeat(64)],
    ['name', 'npm-public'],
    ['origin', 'https://attacker.example.com'],
    ['kind', 'pypi'],
    ['purpose', 'probe'],
  ])('does not open under another %s, whether the deposit says so or not', (field, value) => {
    const sealed = sealDeposit(publicKey, context, new Secret(text));
    const other = { ...context, [field]: value };
    expect(codeOf(() => openDeposit(privateKey, sealed, other))).toBe('vault-tampered');
    const relabelled = { ...sealed, context: other };
    expect(codeOf(() => openDeposit(privateKey, relabelled, other))).toBe('vault-tampered');
  });

  test('with any one byte of key or ciphertext changed it does not open', () => {
    const sealed = sealDeposit(publicKey, context, new Secret(text));
    fc.assert(
      fc.property(
        fc.constantFrom('ephemeral' as const, 'ciphertext' as const),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (field, place, mask) => {
          const bytes = Buffer.from(sealed[field], 'base64');
          const at = place % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ mask;
          const changed: Deposit = { ...sealed, [field]: bytes.toString('base64') };
          expect(['vault-tampered', 'malformed-signature']).toContain(
            codeOf(() => openDeposit(privateKey, changed, context)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  // Points of small order on Curve25519, little-endian.
  const smallOrder = [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    `ec${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
    `ee${'ff'.repeat(30)}7f`,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  ];
  test.each(smallOrder)('refuses the point %s, which yields a key that anybody knows', (hex) => {
    const point = Buffer.from(hex, 'hex').toString('base64');
    expect(codeOf(() => sealDeposit(point, context, new Secret(text)))).toBe('malformed-signature');
    const sealed = sealDeposit(publicKey, context, new Secret(text));
    expect(codeOf(() => openDeposit(privateKey, { ...sealed, ephemeral: point }, context))).toBe(
      'malformed-signature',
    );
  });

  test.each([
    ['nothing', undefined, 'malformed-document'],
    ['a key too many', { extra: 1 }, 'malformed-document'],
    ['another schema', { schema: 'countersign/deposit/v2' }, 'malformed-document'],
    ['base64 with a line end', { ephemeral: 'AAAA\n' }, 'malformed-document'],
    ['a short key', { ephemeral: 'AAAA' }, 'malformed-signature'],
    ['an empty ciphertext', { ciphertext: '' }, 'vault-tampered'],
  ])('refuses %s', (_, change, code) => {
    const sealed = sealDeposit(publicKey, context, new Secret(text));
    const given = change === undefined ? undefined : { ...sealed, ...change };
    expect(codeOf(() => openDeposit(privateKey, given, context))).toBe(code);
  });

  test('refuses empty and oversized secrets and keys of another length', () => {
    expect(codeOf(() => sealDeposit(publicKey, context, new Secret('')))).toBe('limit-exceeded');
    const large = new Secret('x'.repeat(16 * 1024 + 1));
    expect(codeOf(() => sealDeposit(publicKey, context, large))).toBe('limit-exceeded');
    expect(codeOf(() => depositPublicKey(randomBytes(31)))).toBe('malformed-signature');
    expect(codeOf(() => sealDeposit('AAAA', context, new Secret(text)))).toBe(
      'malformed-signature',
    );
  });
});
