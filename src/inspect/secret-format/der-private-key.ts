/**
 * Private keys in DER among other bytes: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC 1 (RFC 5915). A
 * search goes by bytes that each of them has near its begin; then all of the structure is read, and
 * where a key holds what can be computed from it, that is computed.
 */
import { createECDH } from 'node:crypto';
import type { Confidence } from '../../core/finding.ts';
import { DER, DerReader, readDerHead } from '../../formats/der.ts';
import { type KnownWords, knownPlaces } from '../search/word-places.ts';

/** A key that was found, by place. */
export interface DerKey {
  readonly offset: number;
  readonly sizeBytes: number;
  /** `an RSA key of 2048 bits in PKCS#8`. */
  readonly what: string;
  readonly confidence: Confidence;
  /** A clause. */
  readonly reason: string;
}

/** What is read of a key. */
type Judged = Pick<DerKey, 'what' | 'confidence' | 'reason'>;

/** Bytes, one a character, and how far behind the version number of a key they stand. Of the object
 * id of elliptic curves only the end: a word may hold no letter above ASCII that has a capital. */
const ANCHORS: readonly (readonly [word: string, behind: number])[] = [
  ['\x06\x09*\x86H\x86\xf7\r\x01\x01\x01', 5],
  ['=\x02\x01\x06\x08*\x86H', 11],
  ['=\x02\x01\x06\x05+\x81\x04', 11],
  ...['n', 'o', 'p', 'q'].map((one) => [`\x06\x03+e${one}\x04`, 5] as const),
  ['\x02\x01\0\x02\x82', 0],
  ['\x02\x01\0\x02\x81', 0],
  ...[' ', '0', 'B'].map((size) => [`\x02\x01\x01\x04${size}`, 0] as const),
];

/** What a file holds in which any key is found. */
export const KEY_ANCHORS: readonly string[] = ANCHORS.map(([word]) => word);

/** Above what an RSA key of 16,384 bits takes. */
const KEY_MAX_BYTES = 10_000;

/** The keys of `bytes`, in order; a key inside of another is not told again. */
export function findDerKeys(bytes: Buffer, found: KnownWords): readonly DerKey[] {
  const versions = ANCHORS.filter(([word]) => found.mayHold(word)).flatMap(([word, behind]) =>
    [...knownPlaces(bytes, word, found)].map((place) => place - behind),
  );
  const keys: DerKey[] = [];
  let end = 0;
  // the outer of two keys begins first, and so does its version
  for (const version of [...new Set(versions)].sort((left, right) => left - right)) {
    if (version < end) continue;
    const key = keyAt(bytes, version);
    if (key === null) continue;
    keys.push(key);
    end = key.offset + key.sizeBytes;
  }
  return keys;
}

/** The key whose version number stands at `version`; null for what is none. */
function keyAt(bytes: Buffer, version: number): DerKey | null {
  for (const headBytes of [2, 3, 4]) {
    const offset = version - headBytes;
    const sizeBytes = offset < 0 ? 0 : sizeAt(bytes, offset, headBytes);
    if (sizeBytes === 0 || sizeBytes > KEY_MAX_BYTES) continue;
    try {
      const outer = new DerReader(bytes.subarray(offset, offset + sizeBytes), refuse);
      const judged = judge(outer.take(DER.sequence));
      if (judged !== null) return { offset, sizeBytes, ...judged };
    } catch (error) {
      if (error !== NO_KEY) throw error;
    }
  }
  return null;
}

/** Bytes of the sequence at `offset`, whose head has `headBytes`; 0 where none begins, or ends. */
function sizeAt(bytes: Buffer, offset: number, headBytes: number): number {
  if (bytes[offset] !== DER.sequence) return 0;
  const head = readDerHead(bytes, offset);
  if (head?.headBytes !== headBytes) return 0;
  const sizeBytes = headBytes + head.contentBytes;
  return offset + sizeBytes > bytes.length ? 0 : sizeBytes;
}

/** Whatever is no key that we know: one for all, since making an error costs more than reading. */
const NO_KEY = new Error('it is no key');

function refuse(): never {
  throw NO_KEY;
}

/** What the content of a sequence is; each form has another element behind its version. */
function judge(content: Uint8Array): Judged | null {
  const fields = new DerReader(content, refuse);
  const version = numberOf(fields.take(DER.integer));
  switch (fields.next()) {
    case DER.sequence:
      return version > 1 ? null : judgePkcs8(fields, version === 1);
    case DER.integer:
      return version > 0 ? null : judgeRsa(fields, 'PKCS#1');
    case DER.octetString:
      return version === 1 ? judgeCurve(fields, null, 'SEC 1') : null;
    default:
      return null;
  }
}

const RSA = '2a864886f70d010101';
const EC = '2a8648ce3d0201';
/** By object id: name, and for Node the curve. */
const CURVES: Readonly<Record<string, readonly [name: string, curve: string, bytes: number]>> = {
  '2a8648ce3d030107': ['P-256', 'prime256v1', 32],
  '2b81040022': ['P-384', 'secp384r1', 48],
  '2b81040023': ['P-521', 'secp521r1', 66],
  '2b8104000a': ['secp256k1', 'secp256k1', 32],
};
const EDWARDS: Readonly<Record<string, readonly [name: string, bytes: number]>> = {
  '2b656e': ['X25519', 32],
  '2b656f': ['X448', 56],
  '2b6570': ['Ed25519', 32],
  '2b6571': ['Ed448', 57],
};

const ATTRIBUTES = 0xa0;
const OUTER_PUBLIC_KEY = 0x81;

/** RFC 5958 section 2, behind the version, which tells whether the public key stands there too. */
function judgePkcs8(fields: DerReader, hasPublic: boolean): Judged | null {
  const algorithm = new DerReader(fields.take(DER.sequence), refuse);
  const id = hexOf(algorithm.take(DER.objectId));
  const key = fields.take(DER.octetString);
  // programs that make keys hold their begin, and then something else
  if (fields.next() === ATTRIBUTES) fields.take(ATTRIBUTES);
  if (hasPublic) fields.take(OUTER_PUBLIC_KEY);
  fields.end();
  const edwards = EDWARDS[id];
  if (edwards !== undefined) {
    algorithm.end();
    const [name, sizeBytes] = edwards;
    const inner = new DerReader(key, refuse);
    const number = inner.take(DER.octetString);
    inner.end();
    return number.length === sizeBytes ? drawn(`an ${name} key in PKCS#8`, number) : null;
  }
  const inner = new DerReader(key, refuse);
  const numbers = new DerReader(inner.take(DER.sequence), refuse);
  inner.end();
  const version = numberOf(numbers.take(DER.integer));
  if (id === RSA && version === 0) {
    algorithm.take(DER.null);
    algorithm.end();
    return judgeRsa(numbers, 'PKCS#8');
  }
  if (id !== EC || version !== 1) return null;
  const curve = hexOf(algorithm.take(DER.objectId));
  algorithm.end();
  return judgeCurve(numbers, curve, 'PKCS#8');
}

/** RFC 8017 appendix A.1.2, behind the version. */
function judgeRsa(numbers: DerReader, form: string): Judged | null {
  const parts = Array.from({ length: 8 }, () => numbers.positive());
  numbers.end();
  const [modulus = 0n, exponent = 0n, secret = 0n, first = 0n, second = 0n] = parts.map((one) =>
    BigInt(`0x${hexOf(one)}`),
  );
  const what = `an RSA key of ${modulus.toString(2).length} bits in ${form}`;
  if (exponent < 3n || secret === 0n) return null;
  return first * second === modulus
    ? { what, confidence: 'proven', reason: 'its primes make its modulus' }
    : { what, confidence: 'weak', reason: 'its primes do not make its modulus' };
}

const PARAMETERS = 0xa0;
const PUBLIC_KEY = 0xa1;

/** RFC 5915 section 3, behind the version; the curve is told there or around it. */
function judgeCurve(fields: DerReader, around: string | null, form: string): Judged | null {
  const secret = fields.take(DER.octetString);
  let id = around;
  if (fields.next() === PARAMETERS) {
    const inner = new DerReader(fields.take(PARAMETERS), refuse);
    id = hexOf(inner.take(DER.objectId));
    inner.end();
  }
  const point = fields.next() === PUBLIC_KEY ? pointOf(fields.take(PUBLIC_KEY)) : null;
  fields.end();
  const [name, curve, sizeBytes] = CURVES[id ?? ''] ?? [];
  if (name === undefined || curve === undefined || secret.length !== sizeBytes) return null;
  const what = `a key of ${name} in ${form}`;
  if (point === null) return drawn(what, secret);
  return belongs(curve, secret, point)
    ? { what, confidence: 'proven', reason: 'its public key is the one that belongs to it' }
    : { what, confidence: 'weak', reason: 'its public key is another' };
}

function pointOf(content: Uint8Array): Uint8Array {
  const inner = new DerReader(content, refuse);
  const bits = inner.take(DER.bitString);
  inner.end();
  return bits.subarray(1);
}

/** Whether `point`, in either form, is the public key of `secret`. */
function belongs(curve: string, secret: Uint8Array, point: Uint8Array): boolean {
  const pair = createECDH(curve);
  try {
    pair.setPrivateKey(secret);
  } catch {
    // zero, or not below the order of the curve
    return false;
  }
  const form = point[0] === 4 ? 'uncompressed' : 'compressed';
  return pair.getPublicKey(null, form).equals(Buffer.from(point));
}

/** Different bytes below which nobody drew a number: of 32 by chance there are 30. */
const LEAST_DIFFERENT = 24;
/** The part of them that is printable in what is text; by chance little more than a third is. */
const TEXT_SHARE = 0.75;

/** A number that nothing else is computed from; null for one that chance did not make, as behind the
 * begin of a key in a program that makes keys. */
function drawn(what: string, number: Uint8Array): Judged | null {
  const printable = number.filter((byte) => byte >= 0x20 && byte < 0x7f).length;
  const isText = printable > TEXT_SHARE * number.length;
  if (isText || new Set(number).size < LEAST_DIFFERENT) return null;
  return { what, confidence: 'plausible', reason: 'it is complete' };
}

function numberOf(bytes: Uint8Array): number {
  return bytes.length === 1 ? (bytes[0] ?? 0) : Number.POSITIVE_INFINITY;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
