import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { EcdsaCurve, PublicKey, VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';

/** Bytes of one coordinate, and of r and s each, per curve. */
const COORDINATE_BYTES: Record<EcdsaCurve, number> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

const RSA_MIN_BITS = 2048;
const RSA_MAX_BITS = 8192;

/** `VerifierCrypto` over `node:crypto`. Stateless: every caller may share this one. */
export const nodeCrypto: VerifierCrypto = {
  async sha256(data) {
    return new Uint8Array(createHash('sha256').update(data).digest());
  },

  async sha512(data) {
    return new Uint8Array(createHash('sha512').update(data).digest());
  },

  async verify(key, message, signature) {
    const object = importKey(key);
    switch (key.kind) {
      case 'ed25519':
        return signature.length === 64 && verify(null, message, object, signature);
      case 'ecdsa':
        return (
          signature.length === 2 * COORDINATE_BYTES[key.curve] &&
          verify(key.hash, message, { key: object, dsaEncoding: 'ieee-p1363' }, signature)
        );
      case 'rsa':
        return (
          signature.length === withoutLeadingZeros(key.modulus).length &&
          verify(key.hash, message, object, signature)
        );
    }
  },
};

function importKey(key: PublicKey): KeyObject {
  const jwk = jwkOf(key);
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch (cause) {
    throw new CountersignError(
      'malformed-signature',
      `expected ${key.kind} public key, found bytes that are no such key`,
      { cause },
    );
  }
}

function jwkOf(key: PublicKey): Record<string, string> {
  switch (key.kind) {
    case 'ed25519': {
      requireLength('ed25519 public key', key.raw, 32);
      return { kty: 'OKP', crv: 'Ed25519', x: base64url(key.raw) };
    }
    case 'ecdsa': {
      const width = COORDINATE_BYTES[key.curve];
      requireLength(`uncompressed ${key.curve} point`, key.point, 1 + 2 * width);
      if (key.point[0] !== 0x04) {
        throw new CountersignError(
          'malformed-signature',
          `expected an uncompressed ${key.curve} point that starts with 0x04, found 0x${(key.point[0] ?? 0).toString(16).padStart(2, '0')}`,
        );
      }
      return {
        kty: 'EC',
        crv: key.curve,
        x: base64url(key.point.subarray(1, 1 + width)),
        y: base64url(key.point.subarray(1 + width)),
      };
    }
    case 'rsa':
      return rsaJwk(key.modulus, key.exponent);
  }
}

function rsaJwk(modulus: Uint8Array, exponent: Uint8Array): Record<string, string> {
  const n = withoutLeadingZeros(modulus);
  const e = withoutLeadingZeros(exponent);
  const bits = n.length * 8 - Math.clz32(n[0] ?? 0) + 24;
  if (bits < RSA_MIN_BITS || bits > RSA_MAX_BITS) {
    throw new CountersignError(
      'malformed-signature',
      `expected an rsa modulus of ${RSA_MIN_BITS} to ${RSA_MAX_BITS} bits, found ${n.length === 0 ? 0 : bits}`,
      { hint: 'use an ed25519 key, or an rsa key of 3072 bits' },
    );
  }
  // A wide exponent is slow to verify and no key in use has one; 1 would accept any signature.
  const last = e.at(-1) ?? 0;
  if (e.length > 4 || last % 2 === 0 || (e.length === 1 && last === 1)) {
    throw new CountersignError(
      'malformed-signature',
      'expected an odd rsa exponent from 3 to 32 bits, found another',
    );
  }
  return { kty: 'RSA', n: base64url(n), e: base64url(e) };
}

function requireLength(what: string, bytes: Uint8Array, expected: number): void {
  if (bytes.length === expected) return;
  throw new CountersignError(
    'malformed-signature',
    `expected ${expected} bytes of ${what}, found ${bytes.length}`,
  );
}

function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length && bytes[start] === 0) start++;
  return bytes.subarray(start);
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
