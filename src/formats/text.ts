import { CountersignError } from '../core/errors.ts';

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

/**
 * The text that `bytes` spell in UTF-8; a byte order mark is kept as a character. Empty bytes give
 * ''. `what` names the bytes in the message. Throws 'malformed-document' when they are not UTF-8.
 */
export function decodeUtf8(bytes: Uint8Array, what = 'the text'): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    throw new CountersignError('malformed-document', `${what} is not valid UTF-8`);
  }
}

/**
 * `text` as UTF-8. Throws 'malformed-document' on a lone surrogate, which TextEncoder would
 * silently replace, so that two texts would share their bytes.
 */
export function encodeUtf8(text: string, what = 'the text'): Uint8Array {
  if (!text.isWellFormed()) {
    throw new CountersignError('malformed-document', `${what} holds half of a surrogate pair`);
  }
  return ENCODER.encode(text);
}

/**
 * Text from outside as it may stand in an error message: quoted when it is printable ASCII of at
 * most `maxLength` characters, otherwise only described. Keeps terminal escapes and flooding out.
 */
export function quoteForeign(text: string, maxLength = 100): string {
  if (text.length > maxLength) return `a text of ${text.length} characters`;
  return /^[\x20-\x7e]*$/.test(text) ? `"${text}"` : 'a text with characters that cannot be shown';
}

/** By UTF-16 code units: the same order on every machine, unlike a locale's. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The first eight bytes of a hexadecimal digest in groups of four digits: what two people read to
 * each other to see that they look at the same. Machines compare all of a digest.
 */
export function groupDigest(hex: string): string {
  return (hex.slice(0, 16).match(/.{1,4}/g) ?? []).join(' ');
}
