/** The key that wraps the keys of secrets: held in memory only while the vault is unsealed. */
import { hkdfSync } from 'node:crypto';
import { CountersignError } from '../core/errors.ts';
import { KEY_BYTES, openBytes, type SealedBytes, sealBytes } from './envelope.ts';

/**
 * Wraps data keys under a key of its own; a KMS can stand behind it. `keyId` names the key and
 * says nothing else about it. After `close` the key is gone and the other methods throw
 * `vault-sealed`.
 */
export interface KeyWrapper {
  readonly keyId: string;
  wrap(dataKey: Uint8Array, aad: Uint8Array): Promise<SealedBytes>;
  /** Throws `vault-tampered` when it was not wrapped under this key and this associated data. */
  unwrap(wrapped: SealedBytes, aad: Uint8Array): Promise<Uint8Array>;
  close(): void;
}

/**
 * A wrapper over 32 bytes of key. It takes a copy; the caller zeroes its own. Throws `vault-sealed`
 * for another length, or all zeros, which is a file that was never filled.
 */
export function createKeyWrapper(key: Uint8Array): KeyWrapper {
  if (key.length !== KEY_BYTES || key.every((byte) => byte === 0)) {
    throw new CountersignError(
      'vault-sealed',
      `expected a wrapping key of ${KEY_BYTES} random bytes, found ${key.length === KEY_BYTES ? 'zeros' : `${key.length} bytes`}`,
    );
  }
  let held: Buffer | undefined = Buffer.from(key);
  const current = (): Buffer => {
    if (held === undefined) {
      throw new CountersignError('vault-sealed', 'expected an open vault, found it sealed', {
        hint: 'run countersign vault unseal',
      });
    }
    return held;
  };
  return {
    keyId: keyIdOf(key),
    async wrap(dataKey, aad) {
      return sealBytes(current(), dataKey, aad);
    },
    async unwrap(wrapped, aad) {
      return openBytes(current(), wrapped, aad, 'data key');
    },
    close() {
      held?.fill(0);
      held = undefined;
    },
  };
}

/** 16 hexadecimal digits derived from the key by HKDF-SHA256; the key cannot be had from them. */
export function keyIdOf(key: Uint8Array): string {
  return Buffer.from(
    hkdfSync('sha256', key, new Uint8Array(), 'countersign vault key id v1', 8),
  ).toString('hex');
}
