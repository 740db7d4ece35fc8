import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { EcdsaCurve, PublicKey, SignatureHash } from '../core/crypto.ts';
import { nodeCrypto } from './node-crypto.ts';

const message = new TextEncoder().encode('these bytes, or nothing ships');

interface Signed {
  readonly key: PublicKey;
  readonly signature: Uint8Array;
}

function fromBase64url(text: string | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(text ?? '', 'base64url'));
}

function ed25519(): Signed {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = fromBase64url(publicKey.export({ format: 'jwk' }).x);
  return { key: { kind: 'ed25519', raw }, signature: sign(null, message, privateKey) };
}

function ecdsa(curve: EcdsaCurve, hash: SignatureHash): Signed {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
  const jwk = publicKey.export({ format: 'jwk' });
  const point = new Uint8Array([4, ...fromBase64url(jwk.x), ...fromBase64url(jwk.y)]);
  return {
    key: { kind: 'ecdsa', curve, hash, point },
    signature: sign(hash, message, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}

function rsa(hash: SignatureHash, bits = 2048): Signed {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const jwk = publicKey.export({ format: 'jwk' });
  // SSH writes a leading zero byte before a modulus whose top bit is set.
  const modulus = new Uint8Array([0, ...fromBase64url(jwk.n)]);
  return {
    key: { kind: 'rsa', hash, modulus, exponent: fromBase64url(jwk.e) },
    signature: sign(hash, message, privateKey),
  };
}

const schemes: [string, () => Signed][] = [
  ['ed25519', ed25519],
  ['ecdsa P-256 with sha256', () => ecdsa('P-256', 'sha256')],
  ['ecdsa P-384 with sha384', () => ecdsa('P-384', 'sha384')],
  ['ecdsa P-521 with sha512', () => ecdsa('P-521', 'sha512')],
  ['rsa with sha256', () => rsa('sha256')],
  ['rsa with sha512', () => rsa('sha512')],
];

describe.each(schemes)('%s', (_, make) => {
  const { key, signature } = make();

  test('verifies its own signature and no other message', async () => {
    expect(await nodeCrypto.verify(key, message, signature)).toBe(true);
    expect(await nodeCrypto.verify(key, message.subarray(1), signature)).toBe(false);
  });

  test('refuses a flipped bit, a missing byte and an extra byte', async () => {
    const flipped = Uint8Array.from(signature);
    flipped[7] = (flipped[7] ?? 0) ^ 1;
    expect(await nodeCrypto.verify(key, message, flipped)).toBe(false);
    expect(await nodeCrypto.verify(key, message, signature.subarray(1))).toBe(false);
    expect(await nodeCrypto.verify(key, message, new Uint8Array([...signature, 0]))).toBe(false);
    expect(await nodeCrypto.verify(key, message, new Uint8Array(0))).toBe(false);
  });
});

test('the hash in the key decides, not the signature', async () => {
  const { key, signature } = rsa('sha256');
  if (key.kind !== 'rsa') throw new Error('expected an rsa key');
  expect(await nodeCrypto.verify({ ...key, hash: 'sha512' }, message, signature)).toBe(false);
});

test('bytes that are no key are malformed, not merely unverified', async () => {
  const offCurve = new Uint8Array(65).fill(1);
  offCurve[0] = 4;
  const bad: PublicKey[] = [
    { kind: 'ed25519', raw: new Uint8Array(31) },
    { kind: 'ecdsa', curve: 'P-256', hash: 'sha256', point: new Uint8Array(0) },
    { kind: 'ecdsa', curve: 'P-256', hash: 'sha256', point: new Uint8Array(65) },
    { kind: 'ecdsa', curve: 'P-256', hash: 'sha256', point: offCurve },
    { kind: 'rsa', hash: 'sha256', modulus: new Uint8Array(0), exponent: Uint8Array.of(1, 0, 1) },
    {
      kind: 'rsa',
      hash: 'sha256',
      modulus: new Uint8Array(128).fill(255),
      exponent: Uint8Array.of(1, 0, 1),
    },
    {
      kind: 'rsa',
      hash: 'sha256',
      modulus: new Uint8Array(2000).fill(255),
      exponent: Uint8Array.of(1, 0, 1),
    },
  ];
  for (const key of bad) {
    await expect(nodeCrypto.verify(key, message, new Uint8Array(64))).rejects.toMatchObject({
      code: 'malformed-signature',
    });
  }
});

test('an rsa exponent of one, an even one and a wide one are refused', async () => {
  const { key, signature } = rsa('sha256');
  if (key.kind !== 'rsa') throw new Error('expected an rsa key');
  for (const exponent of [[], [1], [4], [0, 0, 1], [1, 0, 0, 0, 1]]) {
    await expect(
      nodeCrypto.verify({ ...key, exponent: Uint8Array.from(exponent) }, message, signature),
    ).rejects.toMatchObject({ code: 'malformed-signature' });
  }
});

test('digests are those of sha256 and sha512', async () => {
  expect(Buffer.from(await nodeCrypto.sha256(message)).toString('hex')).toBe(
    createHash('sha256').update(message).digest('hex'),
  );
  expect(Buffer.from(await nodeCrypto.sha512(message)).toString('hex')).toBe(
    createHash('sha512').update(message).digest('hex'),
  );
});
