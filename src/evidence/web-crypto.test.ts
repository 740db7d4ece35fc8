import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PublicKey } from '../core/crypto.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { createWebCrypto } from './web-crypto.ts';

const web = createWebCrypto(crypto.subtle);
const message = new TextEncoder().encode('the exact bytes');

function coordinate(key: KeyObject, name: 'x' | 'y' | 'n' | 'e'): Uint8Array {
  return new Uint8Array(Buffer.from(String(key.export({ format: 'jwk' })[name]), 'base64url'));
}

const ed = generateKeyPairSync('ed25519');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 3072 });
const cases: [string, PublicKey, Uint8Array][] = [
  [
    'ed25519',
    { kind: 'ed25519', raw: coordinate(ed.publicKey, 'x') },
    sign(null, message, ed.privateKey),
  ],
  [
    'ecdsa',
    {
      kind: 'ecdsa',
      curve: 'P-256',
      hash: 'sha256',
      point: new Uint8Array([
        4,
        ...coordinate(ec.publicKey, 'x'),
        ...coordinate(ec.publicKey, 'y'),
      ]),
    },
    sign('sha256', message, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }),
  ],
  [
    'rsa',
    {
      kind: 'rsa',
      hash: 'sha512',
      modulus: coordinate(rsa.publicKey, 'n'),
      exponent: coordinate(rsa.publicKey, 'e'),
    },
    sign('sha512', message, rsa.privateKey),
  ],
];

describe.each(cases)('%s in WebCrypto', (_name, key, signature) => {
  test('agrees with Node on good, changed and cut signatures', async () => {
    const changed = Uint8Array.from(signature, (byte, at) => (at === 9 ? byte ^ 1 : byte));
    for (const one of [signature, changed, signature.subarray(1)]) {
      expect(await web.verify(key, message, one)).toBe(await nodeCrypto.verify(key, message, one));
    }
    expect(await web.verify(key, message, signature)).toBe(true);
  });
});

test('hashes agree with Node, and a key that is none is refused', async () => {
  expect(await web.sha256(message)).toEqual(await nodeCrypto.sha256(message));
  expect(await web.sha512(message)).toEqual(await nodeCrypto.sha512(message));
  const none = web.verify({ kind: 'ed25519', raw: new Uint8Array(5) }, message, new Uint8Array(64));
  await expect(none).rejects.toMatchObject({ code: 'malformed-signature' });
});
