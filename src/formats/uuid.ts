import { CountersignError } from '../core/errors.ts';
import { decodeHex, encodeHex } from './base64.ts';

/** Random bytes that one UUID takes; six of their bits are replaced by version and variant. */
export const UUID_RANDOM_BYTES = 10;

/** Characters of a short id. */
export const SHORT_ID_LENGTH = 10;

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A UUID version 7 (RFC 9562 section 5.7) of `timeMs`, milliseconds since 1970, and ten random
 * bytes. Throws RangeError for a time outside 0 to 2^48-1 or another count of bytes.
 */
export function createUuidV7(timeMs: number, random: Uint8Array): string {
  if (!Number.isInteger(timeMs) || timeMs < 0 || timeMs >= 2 ** 48) {
    throw new RangeError(`${timeMs} is not a time of a UUIDv7`);
  }
  if (random.length !== UUID_RANDOM_BYTES) {
    throw new RangeError(`a UUIDv7 takes ${UUID_RANDOM_BYTES} random bytes, not ${random.length}`);
  }
  const tail = Uint8Array.from(random);
  tail[0] = ((tail[0] ?? 0) & 0x0f) | 0x70;
  tail[2] = ((tail[2] ?? 0) & 0x3f) | 0x80;
  const hex = timeMs.toString(16).padStart(12, '0') + encodeHex(tail);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The time of a UUIDv7 in milliseconds since 1970. Throws 'malformed-document' unless `text` is
 * one in lower case with hyphens, so that an id has one spelling.
 */
export function parseUuidV7(text: string): { readonly timeMs: number } {
  if (!UUID_V7.test(text)) {
    throw new CountersignError('malformed-document', 'the id is not a UUIDv7 in lower case');
  }
  return { timeMs: Number.parseInt(text.slice(0, 8) + text.slice(9, 13), 16) };
}

/**
 * The short id that people see and type: ten characters of Crockford's base32 in lower case, from
 * the last fifty random bits. No UUID, since npm's client redacts UUIDs in messages. It names a
 * row among others and must be looked up; only the UUID is an identity. Throws like `parseUuidV7`.
 */
export function shortId(uuid: string): string {
  parseUuidV7(uuid);
  const tail = decodeHex(uuid.replaceAll('-', '').slice(-14));
  let bits = tail.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let text = '';
  for (let at = 0; at < SHORT_ID_LENGTH; at += 1) {
    text = `${CROCKFORD[Number(bits % 32n)]}${text}`;
    bits /= 32n;
  }
  return text;
}

/**
 * A short id as typed: upper case is lowered, o is read as 0, i and l as 1 (Crockford).
 * Throws 'malformed-name' when ten characters of the alphabet do not remain.
 */
export function parseShortId(text: string): string {
  const id = text.toLowerCase().replaceAll('o', '0').replaceAll(/[il]/g, '1');
  if (!/^[0-9a-hjkmnp-tv-z]{10}$/.test(id)) {
    throw new CountersignError(
      'malformed-name',
      `a short id has ${SHORT_ID_LENGTH} letters and digits`,
    );
  }
  return id;
}
