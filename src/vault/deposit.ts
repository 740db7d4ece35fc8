/**
 * A secret on its way from a terminal to the publisher: sealed to the publisher's X25519 key, so
 * that the web process, the database and backups only ever hold ciphertext. The construction is
 * HPKE's base mode in miniature (RFC 9180): ephemeral X25519, HKDF-SHA256 over both public keys and
 * the context, AES-256-GCM. Who deposited it is said by a signature over the deposit, not here.
 */
import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { CountersignError } from '../core/errors.ts';
import { literal, object, type Read, sha256, text } from '../core/shape.ts';
import { decodeBase64, encodeBase64 } from '../formats/base64.ts';
import { concatBytes } from '../formats/bytes.ts';
import { encodeUtf8 } from '../formats/text.ts';
import { Secret } from '../host/secret.ts';
import { bindingOf, SECRET_MAX_BYTES } from './credential.ts';
import { KEY_BYTES, openBytes, sealBytesWithNonce } from './envelope.ts';

/** What a deposit is for. A deposit opens under exactly these values only. */
export const depositContext = object({
  /** Digest of the genesis: a deposit for one gateway is none for another. */
  genesis: sha256,
  name: text,
  origin: text,
  kind: text,
  purpose: text,
});
export type DepositContext = Read<typeof depositContext>;

/** A sealed deposit; `ephemeral` and `ciphertext` in base64. */
export const deposit = object({
  schema: literal('countersign/deposit/v1'),
  context: depositContext,
  ephemeral: text,
  ciphertext: text,
});
export type Deposit = Read<typeof deposit>;

const NONCE_BYTES = 12;
// PKCS #8 and SubjectPublicKeyInfo of X25519 (RFC 8410) up to the 32 bytes of key.
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');

/** The public key of 32 private bytes, base64 as in the genesis. Throws `malformed-signature`. */
export function depositPublicKey(privateKey: Uint8Array): string {
  return encodeBase64(publicBytes(importPrivate(privateKey)));
}

/**
 * Seals `secret` to `publicKey` (base64, from the genesis). Throws `malformed-signature` for a key
 * that is none or yields nothing secret, `limit-exceeded` for an empty secret or one past 16 KiB.
 */
export function sealDeposit(publicKey: string, context: DepositContext, secret: Secret): Deposit {
  const bound = depositContext(context, 'deposit');
  const recipient = decodeBase64(publicKey, 'publisher key', 'malformed-signature');
  const plaintext = encodeUtf8(secret.reveal(), 'the secret');
  if (plaintext.length === 0 || plaintext.length > SECRET_MAX_BYTES) {
    throw new CountersignError(
      'limit-exceeded',
      `credential ${bound.name}: expected 1 to ${SECRET_MAX_BYTES} bytes, found ${plaintext.length}`,
    );
  }
  const ephemeralBytes = randomBytes(KEY_BYTES);
  const ephemeral = importPrivate(ephemeralBytes);
  ephemeralBytes.fill(0);
  const encapsulated = publicBytes(ephemeral);
  const shared = agree(ephemeral, recipient);
  const derived = deriveKey(shared, encapsulated, recipient, bound);
  try {
    const sealed = sealBytesWithNonce(
      derived.subarray(0, KEY_BYTES),
      derived.subarray(KEY_BYTES),
      plaintext,
      bindingOf('deposit', bound),
    );
    return {
      schema: 'countersign/deposit/v1',
      context: bound,
      ephemeral: encodeBase64(encapsulated),
      ciphertext: encodeBase64(sealed.ciphertext),
    };
  } finally {
    for (const bytes of [shared, derived, plaintext]) bytes.fill(0);
  }
}

/**
 * The deposited secret. `expected` comes from signed documents, never from the deposit. Throws
 * `malformed-document` for what is no deposit, `vault-tampered` when it was made for another
 * context or publisher or was changed, `malformed-signature` for an ephemeral key that is none.
 */
export function openDeposit(
  privateKey: Uint8Array,
  sealed: unknown,
  expected: DepositContext,
): Secret {
  const read = deposit(sealed, 'deposit');
  const bound = depositContext(expected, 'expected deposit');
  const own = importPrivate(privateKey);
  const encapsulated = decodeBase64(read.ephemeral, 'ephemeral key', 'malformed-document');
  const ciphertext = decodeBase64(read.ciphertext, 'ciphertext', 'malformed-document');
  for (const field of ['genesis', 'name', 'origin', 'kind', 'purpose'] as const) {
    if (read.context[field] !== bound[field]) {
      throw new CountersignError(
        'vault-tampered',
        `deposit: expected ${field} ${bound[field]}, found one sealed for another`,
      );
    }
  }
  const shared = agree(own, encapsulated);
  const derived = deriveKey(shared, encapsulated, publicBytes(own), bound);
  try {
    const plaintext = openBytes(
      derived.subarray(0, KEY_BYTES),
      { nonce: derived.subarray(KEY_BYTES), ciphertext },
      bindingOf('deposit', bound),
      `deposit of ${bound.name}`,
    );
    const secret = new Secret(plaintext.toString('utf8'));
    plaintext.fill(0);
    return secret;
  } finally {
    shared.fill(0);
    derived.fill(0);
  }
}

/** Key and nonce of one deposit: both are used once, because the ephemeral key is. */
function deriveKey(
  shared: Uint8Array,
  encapsulated: Uint8Array,
  recipient: Uint8Array,
  context: DepositContext,
): Buffer {
  const info = concatBytes(bindingOf('deposit-key', context), encapsulated, recipient);
  const salt = encodeUtf8('countersign deposit v1');
  return Buffer.from(hkdfSync('sha256', shared, salt, info, KEY_BYTES + NONCE_BYTES));
}

function agree(privateKey: KeyObject, publicKey: Uint8Array): Buffer {
  let shared: Buffer;
  try {
    shared = diffieHellman({ privateKey, publicKey: importPublic(publicKey) });
  } catch (cause) {
    // OpenSSL itself refuses points of small order.
    throw badKey('a public key that yields nothing secret', cause);
  }
  // RFC 7748 section 6.1: all zeros mean a point of small order, chosen so that anybody knows the key.
  if (shared.every((byte) => byte === 0)) throw badKey('a public key that yields nothing secret');
  return shared;
}

function importPrivate(bytes: Uint8Array): KeyObject {
  if (bytes.length !== KEY_BYTES) throw badKey(`${bytes.length} bytes`);
  const der = Buffer.concat([PRIVATE_PREFIX, bytes]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return key;
}

function importPublic(bytes: Uint8Array): KeyObject {
  if (bytes.length !== KEY_BYTES) throw badKey(`${bytes.length} bytes`);
  const der = Buffer.concat([PUBLIC_PREFIX, bytes]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

function publicBytes(privateKey: KeyObject): Uint8Array {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return new Uint8Array(der.subarray(PUBLIC_PREFIX.length));
}

function badKey(found: string, cause?: unknown): CountersignError {
  return new CountersignError(
    'malformed-signature',
    `expected an X25519 key of ${KEY_BYTES} bytes, found ${found}`,
    { cause },
  );
}
