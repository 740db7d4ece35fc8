/**
 * Credentials at rest. Every version of a secret has a data key of its own (AES-256-GCM), which the
 * wrapping key encrypts; both ciphertexts are bound to name, origin, kind, purpose, version and
 * dates. Changing the wrapping key therefore rewrites data keys only.
 */
import { randomBytes } from 'node:crypto';
import { CountersignError } from '../core/errors.ts';
import { decodeBase64, encodeBase64 } from '../formats/base64.ts';
import { encodeUtf8 } from '../formats/text.ts';
import { Secret } from '../host/secret.ts';
import {
  bindingOf,
  type CredentialIdentity,
  checkIdentity,
  credentialIdentity,
  SECRET_MAX_BYTES,
  type StoredSecret,
} from './credential.ts';
import { KEY_BYTES, openBytes, type SealedBytes, sealBytes } from './envelope.ts';
import type { KeyWrapper } from './key-wrapper.ts';

/** What the caller believes it opens: taken from signed documents, never from the stored secret. */
export interface ExpectedCredential {
  readonly name: string;
  readonly origin: string;
}

export interface Vault {
  /** Name of the wrapping key. */
  readonly keyId: string;
  /**
   * Seals `secret` under a fresh data key. Throws `malformed-name` for an identity that makes no
   * sense, `limit-exceeded` past 16 KiB, `vault-sealed` after `close`.
   */
  seal(identity: CredentialIdentity, secret: Secret): Promise<StoredSecret>;
  /**
   * The secret. Throws `vault-sealed` when it was sealed under another wrapping key, and
   * `vault-tampered` when it belongs to another name or origin or any byte was changed.
   */
  open(stored: StoredSecret, expected: ExpectedCredential): Promise<Secret>;
  /**
   * The same secret with its data key wrapped by `next`; its own ciphertext stays. It is opened on
   * the way, so that nothing unreadable gets a fresh wrapping. Throws as `open` does.
   */
  rewrap(
    stored: StoredSecret,
    expected: ExpectedCredential,
    next: KeyWrapper,
  ): Promise<StoredSecret>;
  /** Forgets the wrapping key. */
  close(): void;
}

/** A vault over one wrapping key. It keeps no secret and no state but that key. */
export function createVault(deps: { readonly wrapper: KeyWrapper }): Vault {
  const { wrapper } = deps;
  return {
    keyId: wrapper.keyId,
    seal: (identity, secret) => seal(wrapper, identity, secret),
    async open(stored, expected) {
      const dataKey = await unwrapDataKey(wrapper, stored, expected);
      try {
        return openSecret(dataKey, stored);
      } finally {
        dataKey.fill(0);
      }
    },
    async rewrap(stored, expected, next) {
      const dataKey = await unwrapDataKey(wrapper, stored, expected);
      try {
        openSecret(dataKey, stored);
        const wrapped = await next.wrap(dataKey, dataKeyBinding(stored.identity, next.keyId));
        return {
          ...stored,
          kekId: next.keyId,
          wrapNonce: encodeBase64(wrapped.nonce),
          wrappedDek: encodeBase64(wrapped.ciphertext),
        };
      } finally {
        dataKey.fill(0);
      }
    },
    close: () => wrapper.close(),
  };
}

async function seal(
  wrapper: KeyWrapper,
  given: CredentialIdentity,
  secret: Secret,
): Promise<StoredSecret> {
  // Read strictly: a key too many in the object would be bound and then be lost on the way.
  const identity = credentialIdentity(given, 'credential');
  checkIdentity(identity);
  const plaintext = encodeUtf8(secret.reveal(), `credential ${identity.name}`);
  const dataKey = randomBytes(KEY_BYTES);
  try {
    if (plaintext.length === 0 || plaintext.length > SECRET_MAX_BYTES) {
      throw new CountersignError(
        'limit-exceeded',
        `credential ${identity.name}: expected 1 to ${SECRET_MAX_BYTES} bytes, found ${plaintext.length}`,
      );
    }
    const body = sealBytes(dataKey, plaintext, bindingOf('vault-secret', identity));
    const wrapped = await wrapper.wrap(dataKey, dataKeyBinding(identity, wrapper.keyId));
    return {
      schema: 'countersign/vault-secret/v1',
      alg: 'A256GCM',
      identity,
      kekId: wrapper.keyId,
      wrapNonce: encodeBase64(wrapped.nonce),
      wrappedDek: encodeBase64(wrapped.ciphertext),
      nonce: encodeBase64(body.nonce),
      ciphertext: encodeBase64(body.ciphertext),
    };
  } finally {
    plaintext.fill(0);
    dataKey.fill(0);
  }
}

async function unwrapDataKey(
  wrapper: KeyWrapper,
  stored: StoredSecret,
  expected: ExpectedCredential,
): Promise<Uint8Array> {
  const { identity } = stored;
  for (const field of ['name', 'origin'] as const) {
    if (identity[field] !== expected[field]) {
      throw new CountersignError(
        'vault-tampered',
        `credential ${expected.name}: expected ${field} ${expected[field]}, found a secret sealed for another`,
        { hint: 'a secret opens only for the upstream that it was sealed for: put it again' },
      );
    }
  }
  if (stored.kekId !== wrapper.keyId) {
    throw new CountersignError(
      'vault-sealed',
      `credential ${expected.name}: expected the wrapping key it was sealed under, found key ${wrapper.keyId}`,
      { hint: 'unseal with the right key or passphrase, or put the credential again' },
    );
  }
  return wrapper.unwrap(
    readSealed(stored.wrapNonce, stored.wrappedDek),
    dataKeyBinding(identity, stored.kekId),
  );
}

function openSecret(dataKey: Uint8Array, stored: StoredSecret): Secret {
  const plaintext = openBytes(
    dataKey,
    readSealed(stored.nonce, stored.ciphertext),
    bindingOf('vault-secret', stored.identity),
    `credential ${stored.identity.name}`,
  );
  const secret = new Secret(plaintext.toString('utf8'));
  plaintext.fill(0);
  return secret;
}

function dataKeyBinding(identity: CredentialIdentity, keyId: string): Uint8Array {
  return bindingOf('vault-data-key', { identity, keyId });
}

function readSealed(nonce: string, ciphertext: string): SealedBytes {
  return {
    nonce: decodeBase64(nonce, 'nonce', 'vault-tampered'),
    ciphertext: decodeBase64(ciphertext, 'ciphertext', 'vault-tampered'),
  };
}
