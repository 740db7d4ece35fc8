/**
 * AES-256-GCM with everything that a secret belongs to as associated data: a ciphertext that is
 * copied to another name, version or registry does not open there.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { CountersignError } from '../core/errors.ts';

/** Key of AES-256, in bytes. */
export const KEY_BYTES = 32;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `ciphertext` ends with the 16 byte tag. */
export interface SealedBytes {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/**
 * Encrypts under a fresh random nonce. A key encrypts few messages here (each secret version has
 * its own), so that random 96-bit nonces do not collide.
 */
export function sealBytes(key: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): SealedBytes {
  return sealBytesWithNonce(key, randomBytes(NONCE_BYTES), plaintext, aad);
}

/** As `sealBytes` under a nonce of 12 bytes; only for keys that are used once. */
export function sealBytesWithNonce(
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
): SealedBytes {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  const body = cipher.update(plaintext);
  const ciphertext = Buffer.concat([body, cipher.final(), cipher.getAuthTag()]);
  return { nonce: new Uint8Array(nonce), ciphertext: new Uint8Array(ciphertext) };
}

/**
 * The plaintext, which the caller zeroes after use. Throws `vault-tampered` naming `what` when key,
 * nonce, ciphertext or associated data is not the one that was sealed.
 */
export function openBytes(
  key: Uint8Array,
  sealed: SealedBytes,
  aad: Uint8Array,
  what: string,
): Buffer {
  const { nonce, ciphertext } = sealed;
  if (nonce.length !== NONCE_BYTES || ciphertext.length < TAG_BYTES) throw tampered(what);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(ciphertext.subarray(ciphertext.length - TAG_BYTES));
  const body = decipher.update(ciphertext.subarray(0, ciphertext.length - TAG_BYTES));
  try {
    return Buffer.concat([body, decipher.final()]);
  } catch (cause) {
    throw tampered(what, cause);
  } finally {
    // Unauthenticated plaintext must not outlive the decision.
    body.fill(0);
  }
}

function tampered(what: string, cause?: unknown): CountersignError {
  return new CountersignError(
    'vault-tampered',
    `${what}: expected the sealed bytes as they were written, found others`,
    {
      hint: 'treat the store as attacked: freeze, compare with a backup, and rotate the credential',
      cause,
    },
  );
}
