import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDerKeys } from './der-private-key.ts';

const ANYTHING = { mayHold: () => true, known: () => null };

/** What is told of `bytes`, with the place. */
function told(bytes: Uint8Array): readonly string[] {
  return findDerKeys(Buffer.from(bytes), ANYTHING).map(
    ({ offset, sizeBytes, what, confidence }) => `${offset}+${sizeBytes} ${what} ${confidence}`,
  );
}

function der(key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1' = 'pkcs8'): Buffer {
  return key.export({ format: 'der', type });
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;
const KEYS: readonly (readonly [string, Buffer])[] = [
  ['an RSA key of 2048 bits in PKCS#8 proven', der(rsa.privateKey)],
  ['an RSA key of 2048 bits in PKCS#1 proven', der(rsa.privateKey, 'pkcs1')],
  [
    'an RSA key of 1024 bits in PKCS#1 proven',
    der(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'pkcs1'),
  ],
  ...['P-256', 'P-384', 'P-521', 'secp256k1'].flatMap((name) => [
    [`a key of ${name} in PKCS#8 proven`, der(curve(name))] as const,
    [`a key of ${name} in SEC 1 proven`, der(curve(name), 'sec1')] as const,
  ]),
  ['an Ed25519 key in PKCS#8 plausible', der(generateKeyPairSync('ed25519').privateKey)],
  ['an Ed448 key in PKCS#8 plausible', der(generateKeyPairSync('ed448').privateKey)],
  ['an X25519 key in PKCS#8 plausible', der(generateKeyPairSync('x25519').privateKey)],
  ['an X448 key in PKCS#8 plausible', der(generateKeyPairSync('x448').privateKey)],
];

describe('a private key in DER', () => {
  it.each(KEYS)('is found: %s', (what, key) => {
    const noise = Buffer.from([0x30, 0x82, 0x7f, 2, 1, 0, 0x30]);
    expect(told(Buffer.concat([noise, key, noise]))).toEqual([`7+${key.length} ${what}`]);
  });

  it('is found beside others, each once', () => {
    const all = Buffer.concat(KEYS.map(([, key]) => key));
    expect(told(all).map((one) => one.replace(/^\S+ /, ''))).toEqual(KEYS.map(([what]) => what));
  });

  it('is none when it is cut anywhere', () => {
    for (const [, key] of KEYS.slice(1)) {
      for (let end = 0; end < key.length; end += 7) expect(told(key.subarray(0, end))).toEqual([]);
    }
  });

  it('is only noted when its numbers do not belong together', () => {
    const broken = der(rsa.privateKey, 'pkcs1');
    broken[40] = (broken[40] ?? 0) ^ 1;
    expect(told(broken)).toEqual([`0+${broken.length} an RSA key of 2048 bits in PKCS#1 weak`]);
    const other = der(curve('P-256'), 'sec1');
    other[10] = (other[10] ?? 0) ^ 1;
    expect(told(other)).toEqual([`0+${other.length} a key of P-256 in SEC 1 weak`]);
  });

  it('is not what programs that make keys begin one with', () => {
    const head = Buffer.from('3051020101300506032b6570042204208121', 'hex');
    const text = Buffer.from(
      '\0/usr/local/registry/src/index/ring-0.17/src/ec/curve25519/ed25519/'.padEnd(99),
    );
    expect(told(Buffer.concat([head, text]))).toEqual([]);
    const [, key = Buffer.alloc(0)] = KEYS.find(([what]) => what.includes('Ed25519')) ?? [];
    const last = Buffer.from(key);
    last.fill(0x41, 16);
    expect(told(last)).toEqual([]);
    const other = Buffer.concat([
      Buffer.from([0x30, key.length - 1]),
      key.subarray(2),
      Buffer.from([5]),
    ]);
    expect(told(other)).toEqual([]);
  });

  it('is no public key', () => {
    for (const publicKey of [rsa.publicKey, generateKeyPairSync('ed25519').publicKey]) {
      expect(told(publicKey.export({ format: 'der', type: 'spki' }))).toEqual([]);
    }
    expect(told(rsa.publicKey.export({ format: 'der', type: 'pkcs1' }))).toEqual([]);
  });

  it('broken anywhere ends in an answer', () => {
    const whole = Buffer.concat(KEYS.map(([, key]) => key));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(3000), (at, byte, cut) => {
        const bytes = Buffer.from(whole.subarray(0, whole.length - cut));
        bytes[at % bytes.length] = byte;
        expect(told(bytes).length).toBeLessThanOrEqual(KEYS.length);
      }),
      { numRuns: 200 },
    );
  });

  it('of anchors without end costs their length', () => {
    for (const piece of ['\x30\x82\x20\0\x02\x01\0\x02\x82\x0f\xff', '\x30\x77\x02\x01\x01\x04 ']) {
      expect(told(Buffer.alloc(256 * 1024, piece, 'latin1'))).toEqual([]);
    }
  });
});
