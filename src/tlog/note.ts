import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { decodeBase64, encodeBase64 } from '../formats/base64.ts';
import { concatBytes } from '../formats/bytes.ts';
import { encodeUtf8, quoteForeign } from '../formats/text.ts';
import { formatKeyId, isKeyName, type VerifierKey } from './note-key.ts';

/** One signature line. `signature` is what follows the key id; its meaning is the key's. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Uint8Array;
}

/** A signed note as it is written, nothing verified. `text` ends in a newline. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A signature that verified. `timeSeconds` (Unix time) is there for cosignatures. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly timeSeconds?: number;
}

/** A key that can sign: `sign` returns the 64-byte Ed25519 signature over the message. */
export interface NoteSigner {
  readonly key: VerifierKey;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Bounds of what is read: far above C2SP's least (16 signatures), far below trouble. */
export const NOTE_MAX_LENGTH = 1_000_000;
export const NOTE_MAX_SIGNATURES = 100;

const LINE_START = '\u2014 ';
const KEY_ID_BYTES = 4;
const TIME_BYTES = 8;
const ED25519_BYTES = 64;

/**
 * Reads a C2SP signed note. Throws `limit-exceeded` above `NOTE_MAX_LENGTH` characters or
 * `NOTE_MAX_SIGNATURES`, and `malformed-signature` for everything that the format does not allow:
 * control characters (a carriage return is one), no blank line, no or a broken signature line,
 * base64 that is not canonical. What it accepts, `formatNote` writes again to the letter.
 */
export function parseNote(note: string): Note {
  if (note.length > NOTE_MAX_LENGTH) {
    throw new CountersignError(
      'limit-exceeded',
      `expected a note of at most ${NOTE_MAX_LENGTH} characters, found ${note.length}`,
    );
  }
  requireText(note);
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0) throw malformed('expected a blank line before the signatures of a note');
  const lines = note.slice(blank + 2).split('\n');
  if (lines.pop() !== '') throw malformed('expected a note to end in a newline');
  if (lines.length === 0) throw malformed('expected at least one signature on a note, found none');
  if (lines.length > NOTE_MAX_SIGNATURES) {
    throw new CountersignError(
      'limit-exceeded',
      `expected at most ${NOTE_MAX_SIGNATURES} signatures on a note, found ${lines.length}`,
    );
  }
  return { text: note.slice(0, blank + 1), signatures: lines.map(parseSignatureLine) };
}

/** The text that `parseNote` reads. */
export function formatNote(note: Note): string {
  return `${note.text}\n${note.signatures.map(formatSignatureLine).join('')}`;
}

/**
 * Verifies a note against the keys that the caller trusts and returns the signatures that hold,
 * one per key, in the note's order. Signatures of other keys are ignored. Throws
 * `signature-invalid` when a signature of a known key fails, whatever else holds, and when there
 * is none of a known key; `usage` when two known keys share name and id.
 */
export async function verifyNote(
  crypto: VerifierCrypto,
  note: Note,
  knownKeys: readonly VerifierKey[],
): Promise<VerifiedSignature[]> {
  const keys = keysByName(knownKeys);
  const verified = new Map<VerifierKey, VerifiedSignature>();
  for (const signature of note.signatures) {
    const key = keys.get(lineName(signature));
    if (key === undefined) continue;
    // A second signature of one key counts no more than the first, but it must hold as well.
    const result = await verifySignature(crypto, note.text, signature, key);
    if (!verified.has(key)) verified.set(key, result);
  }
  if (verified.size === 0) {
    throw new CountersignError(
      'signature-invalid',
      `expected a signature by ${knownKeys.map((key) => lineName(key)).join(' or ') || 'a known key'}, found ${note.signatures.length} by other keys`,
      { hint: 'compare the keys with those in your trust file' },
    );
  }
  return [...verified.values()];
}

/**
 * Signs `text` (ending in a newline) with each of `signers`, whose keys are of type `ed25519`.
 * Throws `malformed-signature` for a text that no note can hold or a signature of a wrong length.
 */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<string> {
  const signatures: NoteSignature[] = [];
  for (const signer of signers) {
    requireAlgorithm(signer.key, 'ed25519');
    const signature = await signWith(signer, encodeUtf8(text));
    signatures.push({ name: signer.key.name, keyId: signer.key.keyId, signature });
  }
  const signed = formatNote({ text, signatures });
  if (parseNote(signed).text !== text) throw malformed('expected a text that ends in a newline');
  return signed;
}

/**
 * Adds a witness's cosignature at `timeSeconds` (Unix time) to a signed note. The signer's key is
 * of type `cosignature-v1`. Says nothing about what is being cosigned: the witness checks first
 * that the checkpoint extends the last one it saw. Throws `usage` for another key type or time.
 */
export async function cosignNote(
  note: Note,
  signer: NoteSigner,
  timeSeconds: number,
): Promise<Note> {
  requireAlgorithm(signer.key, 'cosignature-v1');
  if (!Number.isSafeInteger(timeSeconds) || timeSeconds < 0) {
    throw new CountersignError('usage', `expected unix seconds, found ${timeSeconds}`);
  }
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(timeSeconds));
  const signature = concatBytes(time, await signWith(signer, cosigned(note.text, timeSeconds)));
  const line = { name: signer.key.name, keyId: signer.key.keyId, signature };
  return { text: note.text, signatures: [...note.signatures, line] };
}

/** The message of an Ed25519 cosignature: C2SP tlog-cosignature, "Ed25519 signed message". */
function cosigned(text: string, timeSeconds: number): Uint8Array {
  return encodeUtf8(`cosignature/v1\ntime ${timeSeconds}\n${text}`);
}

async function verifySignature(
  crypto: VerifierCrypto,
  text: string,
  { signature }: NoteSignature,
  key: VerifierKey,
): Promise<VerifiedSignature> {
  const publicKey = { kind: 'ed25519', raw: key.publicKey } as const;
  switch (key.algorithm) {
    case 'ed25519': {
      if (await crypto.verify(publicKey, encodeUtf8(text), signature)) return { key };
      break;
    }
    case 'cosignature-v1': {
      if (signature.length !== TIME_BYTES + ED25519_BYTES) break;
      const view = new DataView(signature.buffer, signature.byteOffset);
      const timeSeconds = Number(view.getBigUint64(0));
      if (!Number.isSafeInteger(timeSeconds)) break;
      const message = cosigned(text, timeSeconds);
      if (await crypto.verify(publicKey, message, signature.subarray(TIME_BYTES))) {
        return { key, timeSeconds };
      }
      break;
    }
  }
  throw new CountersignError('signature-invalid', `signature by ${lineName(key)} does not verify`, {
    hint: 'do not trust this note, and keep it',
  });
}

function keysByName(keys: readonly VerifierKey[]): Map<string, VerifierKey> {
  const byName = new Map<string, VerifierKey>();
  for (const key of keys) {
    const name = lineName(key);
    if (byName.has(name)) {
      throw new CountersignError('usage', `expected one known key ${name}, found two`);
    }
    byName.set(name, key);
  }
  return byName;
}

/** Name and id together identify a key; neither holds a `+`, so the joined text is unambiguous. */
function lineName({ name, keyId }: { readonly name: string; readonly keyId: number }): string {
  return `${name}+${formatKeyId(keyId)}`;
}

async function signWith(signer: NoteSigner, message: Uint8Array): Promise<Uint8Array> {
  const signature = await signer.sign(message);
  if (signature.length === ED25519_BYTES) return signature;
  throw malformed(
    `expected ${ED25519_BYTES} bytes of signature by ${signer.key.name}, found ${signature.length}`,
  );
}

function requireAlgorithm(key: VerifierKey, algorithm: VerifierKey['algorithm']): void {
  if (key.algorithm === algorithm) return;
  throw new CountersignError(
    'usage',
    `expected a key of type ${algorithm}, found ${lineName(key)} of type ${key.algorithm}`,
  );
}

function requireText(note: string): void {
  if (!note.isWellFormed()) throw malformed('expected a note of valid unicode, found half a pair');
  const control = /[\u0000-\u0009\u000b-\u001f]/.exec(note);
  if (control !== null) {
    throw malformed(
      `expected no control characters in a note, found 0x${control[0].charCodeAt(0).toString(16).padStart(2, '0')} at character ${control.index}`,
    );
  }
}

function parseSignatureLine(line: string): NoteSignature {
  const [name, base64, ...rest] = line.slice(LINE_START.length).split(' ');
  if (
    !line.startsWith(LINE_START) ||
    name === undefined ||
    base64 === undefined ||
    rest.length > 0 ||
    !isKeyName(name)
  ) {
    throw malformed(
      `expected a signature line of em dash, key name and base64, found ${quoteForeign(line)}`,
    );
  }
  const bytes = decodeBase64(base64, `the signature by ${quoteForeign(name)}`, MALFORMED);
  if (bytes.length <= KEY_ID_BYTES) {
    throw malformed(
      `expected more than ${KEY_ID_BYTES} bytes of signature by ${quoteForeign(name)}, found ${bytes.length}`,
    );
  }
  const keyId = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return { name, keyId, signature: bytes.subarray(KEY_ID_BYTES) };
}

function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  const id = new Uint8Array(KEY_ID_BYTES);
  new DataView(id.buffer).setUint32(0, keyId);
  return `${LINE_START}${name} ${encodeBase64(concatBytes(id, signature))}\n`;
}

const MALFORMED = 'malformed-signature';

function malformed(message: string): CountersignError {
  return new CountersignError(MALFORMED, message);
}
