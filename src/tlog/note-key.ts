import type { Hasher } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { decodeBase64, encodeBase64 } from '../formats/base64.ts';
import { concatBytes } from '../formats/bytes.ts';
import { encodeUtf8, quoteForeign } from '../formats/text.ts';

/**
 * How a note key signs. `ed25519` signs the text itself (type 0x01, C2SP signed-note);
 * `cosignature-v1` signs time and text (type 0x04, C2SP tlog-cosignature), as witnesses do.
 */
export type NoteAlgorithm = 'ed25519' | 'cosignature-v1';

/** What a verifier knows of a signer. `keyId` is 32 bits; `publicKey` is a raw Ed25519 key. */
export interface VerifierKey {
  readonly name: string;
  readonly keyId: number;
  readonly algorithm: NoteAlgorithm;
  readonly publicKey: Uint8Array;
}

/** A signer key as its text says: `seed` is the secret Ed25519 seed of 32 bytes. */
export interface SignerKey {
  readonly name: string;
  readonly keyId: number;
  readonly algorithm: NoteAlgorithm;
  readonly seed: Uint8Array;
}

const TYPE_BYTES: Record<NoteAlgorithm, number> = { ed25519: 0x01, 'cosignature-v1': 0x04 };
const KEY_BYTES = 32;
const NAME_MAX_LENGTH = 255;
const SIGNER_PREFIX = 'PRIVATE+KEY+';

/** Whether a text may name a key: 1 to 255 characters, none of them white space, control or `+`. */
export function isKeyName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= NAME_MAX_LENGTH &&
    name.isWellFormed() &&
    !/[\p{White_Space}\p{Cc}+]/u.test(name)
  );
}

/** A verifier key with its key id computed. Throws `malformed-signature` for a bad name or key. */
export async function createVerifierKey(
  hasher: Hasher,
  name: string,
  algorithm: NoteAlgorithm,
  publicKey: Uint8Array,
): Promise<VerifierKey> {
  requireKeyName(name);
  if (publicKey.length !== KEY_BYTES) {
    throw malformed(
      `expected ${KEY_BYTES} bytes of public key for ${name}, found ${publicKey.length}`,
    );
  }
  const digest = await hasher.sha256(
    concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(TYPE_BYTES[algorithm]), publicKey),
  );
  const keyId = new DataView(digest.buffer, digest.byteOffset).getUint32(0);
  return { name, keyId, algorithm, publicKey };
}

/**
 * Reads `name+keyid+base64(type, public key)`, the vkey of C2SP signed-note. Throws
 * `malformed-signature` where the key is not written so, its type is unknown to us, or its id is
 * not the one that name, type and key give (for vkeys that is more than a recommendation to us).
 */
export async function parseVerifierKey(hasher: Hasher, text: string): Promise<VerifierKey> {
  const { name, keyId, algorithm, bytes } = parseKeyText(text, 'verifier key');
  const key = await createVerifierKey(hasher, name, algorithm, bytes);
  if (key.keyId !== keyId) {
    throw malformed(
      `expected key id ${formatKeyId(key.keyId)} for the key of ${quoteForeign(name)}, found ${formatKeyId(keyId)}`,
    );
  }
  return key;
}

/** The text that `parseVerifierKey` reads. */
export function formatVerifierKey(key: VerifierKey): string {
  return formatKeyText(key, key.publicKey);
}

/**
 * Reads `PRIVATE+KEY+name+keyid+base64(type, seed)`, the signer key of Go's sumdb/note. The id is
 * not checked here, since that takes the public key: who derives that compares it with
 * `createVerifierKey`. Throws `malformed-signature`, never quoting the text.
 */
export function parseSignerKey(text: string): SignerKey {
  if (!text.startsWith(SIGNER_PREFIX)) {
    throw malformed(`expected a signer key that starts with ${SIGNER_PREFIX}`);
  }
  const { bytes, ...rest } = parseKeyText(text.slice(SIGNER_PREFIX.length), 'signer key');
  return { ...rest, seed: bytes };
}

/** The text that `parseSignerKey` reads. It is a secret. */
export function formatSignerKey(key: SignerKey): string {
  return SIGNER_PREFIX + formatKeyText(key, key.seed);
}

/** A key id as eight hexadecimal digits. */
export function formatKeyId(keyId: number): string {
  return keyId.toString(16).padStart(8, '0');
}

function formatKeyText(key: Omit<SignerKey, 'seed'>, bytes: Uint8Array): string {
  const typed = concatBytes(Uint8Array.of(TYPE_BYTES[key.algorithm]), bytes);
  return `${key.name}+${formatKeyId(key.keyId)}+${encodeBase64(typed)}`;
}

function parseKeyText(text: string, what: string) {
  const shape = /^([^+]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,100})$/u.exec(text);
  const [, name, id, base64] = shape ?? [];
  if (name === undefined || id === undefined || base64 === undefined) {
    throw malformed(`expected a ${what} as name, key id and base64 joined by +`);
  }
  requireKeyName(name);
  const typed = decodeBase64(base64, `the ${what}`, 'malformed-signature');
  const algorithm = algorithmOf(typed[0], what);
  const bytes = typed.subarray(1);
  if (bytes.length !== KEY_BYTES) {
    throw malformed(`expected ${KEY_BYTES} bytes in the ${what}, found ${bytes.length}`);
  }
  return { name, keyId: Number.parseInt(id, 16), algorithm, bytes };
}

function algorithmOf(type: number | undefined, what: string): NoteAlgorithm {
  if (type === TYPE_BYTES.ed25519) return 'ed25519';
  if (type === TYPE_BYTES['cosignature-v1']) return 'cosignature-v1';
  throw malformed(
    `expected a ${what} of type 0x01 (ed25519) or 0x04 (cosignature v1), found ${type === undefined ? 'none' : `0x${type.toString(16).padStart(2, '0')}`}`,
  );
}

function requireKeyName(name: string): void {
  if (isKeyName(name)) return;
  throw malformed(
    `expected a key name of 1 to ${NAME_MAX_LENGTH} characters without spaces or +, found ${quoteForeign(name)}`,
  );
}

function malformed(message: string): CountersignError {
  return new CountersignError('malformed-signature', message);
}
