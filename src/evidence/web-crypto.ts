/** `VerifierCrypto` over WebCrypto, for verifying in a browser (or in Node without `node:crypto`). */
import type { EcdsaCurve, PublicKey, VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { encodeBase64url } from '../formats/base64.ts';

/** `globalThis.crypto.subtle`, as an argument. */
export type Subtle = (typeof globalThis)['crypto']['subtle'];

const WIDTH: Readonly<Record<EcdsaCurve, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };
const HASH = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const;

/** Stateless; a key that the platform does not take throws `malformed-signature`. */
export function createWebCrypto(subtle: Subtle): VerifierCrypto {
  return {
    sha256: async (data) => new Uint8Array(await subtle.digest('SHA-256', own(data))),
    sha512: async (data) => new Uint8Array(await subtle.digest('SHA-512', own(data))),
    async verify(key, message, signature) {
      const { algorithm, jwk, signatureBytes } = describe(key);
      const imported = await subtle
        .importKey('jwk', jwk, algorithm, false, ['verify'])
        .catch((cause: unknown) => {
          throw new CountersignError(
            'malformed-signature',
            `expected ${key.kind} public key, found bytes that are no such key`,
            { cause },
          );
        });
      if (signature.length !== signatureBytes) return false;
      return subtle.verify(algorithm, imported, own(signature), own(message));
    },
  };
}

/** WebCrypto wants memory of its own, not a view of shared memory. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function describe(key: PublicKey) {
  switch (key.kind) {
    case 'ed25519':
      return {
        algorithm: { name: 'Ed25519' },
        jwk: { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(key.raw) },
        signatureBytes: 64,
      };
    case 'ecdsa': {
      const width = WIDTH[key.curve];
      return {
        algorithm: { name: 'ECDSA', namedCurve: key.curve, hash: HASH[key.hash] },
        jwk: {
          kty: 'EC',
          crv: key.curve,
          x: encodeBase64url(key.point.subarray(1, 1 + width)),
          y: encodeBase64url(key.point.subarray(1 + width)),
        },
        signatureBytes: 2 * width,
      };
    }
    case 'rsa': {
      const modulus = withoutLeadingZeros(key.modulus);
      return {
        algorithm: { name: 'RSASSA-PKCS1-v1_5', hash: HASH[key.hash] },
        jwk: {
          kty: 'RSA',
          n: encodeBase64url(modulus),
          e: encodeBase64url(withoutLeadingZeros(key.exponent)),
        },
        signatureBytes: modulus.length,
      };
    }
  }
}

function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? bytes.subarray(bytes.length) : bytes.subarray(first);
}
