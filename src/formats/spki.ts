/**
 * Public keys as SubjectPublicKeyInfo in DER (RFC 5280 section 4.1.2.7), for the three algorithms
 * that passkeys sign with, and ECDSA signatures in DER. Only the one DER spelling is read.
 */
import type { PublicKey } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { equalBytes } from './bytes.ts';
import { DER, DerReader } from './der.ts';

/** COSE algorithm numbers (RFC 9053, RFC 8812): ES256, EdDSA, RS256. */
export type PasskeyAlgorithm = -7 | -8 | -257;

const MAX_SPKI_BYTES = 1100;
const RSA_BITS = { least: 2048, most: 8192 } as const;

/** SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING of 65 bytes }, up to the point. */
const P256_HEAD = Uint8Array.of(
  ...[0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
  ...[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00],
);
/** SEQUENCE { SEQUENCE { id-Ed25519 }, BIT STRING of 32 bytes }, up to the key (RFC 8410). */
const ED25519_HEAD = Uint8Array.of(
  ...[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00],
);
/** SEQUENCE { rsaEncryption, NULL } (RFC 3279 section 2.3.1). */
const RSA_ALGORITHM = Uint8Array.of(
  ...[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00],
);

/**
 * The key of `spki` as `algorithm` uses it. Throws 'malformed-signature' for a key of another
 * algorithm, another DER spelling, bytes that follow, and RSA outside of 2048 to 8192 bits.
 */
export function decodeSpki(spki: Uint8Array, algorithm: PasskeyAlgorithm): PublicKey {
  if (spki.length > MAX_SPKI_BYTES) malformed(`is over ${MAX_SPKI_BYTES} bytes`);
  switch (algorithm) {
    case -7: {
      const point = afterHead(spki, P256_HEAD, 65, 'P-256');
      if (point[0] !== 4) malformed('has a point that is not uncompressed');
      return { kind: 'ecdsa', curve: 'P-256', hash: 'sha256', point };
    }
    case -8:
      return { kind: 'ed25519', raw: afterHead(spki, ED25519_HEAD, 32, 'Ed25519') };
    case -257:
      return decodeRsa(spki);
  }
}

/**
 * r and s of a P-256 signature in DER, side by side (64 bytes). Throws 'malformed-signature' for
 * numbers that are zero, negative, too wide or padded, and for bytes that follow. High and low s
 * are both taken, as WebAuthn says: what counts is people, and nobody wins by a second spelling.
 */
export function decodeEcdsaDer(der: Uint8Array): Uint8Array {
  const outer = new DerReader(der, malformed);
  const numbers = new DerReader(outer.take(DER.sequence), malformed);
  outer.end();
  const raw = new Uint8Array(64);
  for (const end of [32, 64]) {
    const number = numbers.positive();
    if (number.length > 32) malformed('has a number that is wider than its curve');
    raw.set(number, end - number.length);
  }
  numbers.end();
  return raw;
}

function afterHead(spki: Uint8Array, head: Uint8Array, length: number, name: string): Uint8Array {
  if (spki.length === head.length + length && equalBytes(spki.subarray(0, head.length), head)) {
    return spki.slice(head.length);
  }
  return malformed(`is no ${name} public key (SubjectPublicKeyInfo, DER)`);
}

function decodeRsa(spki: Uint8Array): PublicKey {
  const outer = new DerReader(spki, malformed);
  const content = outer.take(DER.sequence);
  outer.end();
  if (!equalBytes(content.subarray(0, RSA_ALGORITHM.length), RSA_ALGORITHM)) {
    malformed('is no RSA public key (SubjectPublicKeyInfo, DER)');
  }
  const fields = new DerReader(content.subarray(RSA_ALGORITHM.length), malformed);
  const bits = fields.take(DER.bitString);
  fields.end();
  if (bits[0] !== 0) malformed('has a key of a broken number of bytes');
  const key = new DerReader(bits.subarray(1), malformed);
  const numbers = new DerReader(key.take(DER.sequence), malformed);
  key.end();
  const modulus = numbers.positive();
  const exponent = numbers.positive();
  numbers.end();
  const width = 8 * modulus.length - Math.clz32(modulus[0] ?? 0) + 24;
  if (width < RSA_BITS.least || width > RSA_BITS.most || exponent.length > 4) {
    malformed(`has an RSA modulus of ${width} bits, expected 2048 to 8192`);
  }
  return { kind: 'rsa', hash: 'sha256', modulus: modulus.slice(), exponent: exponent.slice() };
}

function malformed(problem: string): never {
  throw new CountersignError('malformed-signature', `the passkey ${problem}`);
}
