/** Checksums and structures that token formats carry. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { encodeBase32 } from './key-encodings.ts';
import { packedLength } from './packed-string.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `value` in base62 (digits, capitals, small letters), highest digit first; empty for 0. */
export function base62(value: number): string {
  let rest = value;
  let text = '';
  while (rest > 0) {
    text = `${BASE62[rest % 62] ?? ''}${text}`;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** CRC-32 (IEEE) of `body` in base62, padded to 6: the last characters of npm and GitHub tokens. */
export function crc32Base62(body: string): string {
  return base62(crc32(body)).padStart(6, '0');
}

/** CRC-32 (IEEE) of `body` in eight small hex digits. */
export function crc32Hex(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}

/** CRC-32 (IEEE) of `body` in base36, padded to 7: the end of GitLab's routable tokens. */
export function crc32Base36(body: string): string {
  return crc32(body).toString(36).padStart(7, '0');
}

/** First `length` characters of the base32 (RFC 4648 section 6) of the SHA-256 of `body`. */
export function sha256Base32(body: string, length: number): string {
  const digest = createHash('sha256').update(body, 'latin1').digest();
  return encodeBase32(digest).slice(0, length);
}

/** The bytes of base64 or base64url, padding and trailing bits not looked at; null when a
 * character is of neither alphabet, or one is left over. */
export function decodeBase64Loosely(text: string): Buffer | null {
  const body = text.replace(/={1,2}$/, '');
  if (!/^[A-Za-z0-9+/_-]*$/.test(body) || body.length % 4 === 1) return null;
  return Buffer.from(body, 'base64');
}

/** What stands for one character in a text: its last letters belong to no word before a token. */
const ESCAPE = /(?:\\[abfnrtv0]|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2})$/;

/** More of base64 than an address or a path has between two of its signs. */
const LONG_BASE64 = /^[A-Za-z0-9+/]{64}$/;

/** Whether a match stands alone: no letter or digit touches it. `_` and `-` may, as in `KEY_npm_`,
 * and the escape of another character, as in `\\nnpm_`. The `+` and `/` of base64 that goes on
 * for long part nothing. */
export function standsAlone(match: { readonly before: string; readonly after: string }): boolean {
  if (/^[A-Za-z0-9]/.test(match.after) || LONG_BASE64.test(match.after.slice(0, 64))) return false;
  if (LONG_BASE64.test(match.before.slice(-64))) return false;
  return !/[A-Za-z0-9]$/.test(match.before) || ESCAPE.test(match.before.slice(-6));
}

/** Whether the byte before `offset` alone shows that no match there stands alone. */
export function isGlued(content: Uint8Array, offset: number): boolean {
  if (offset === 0 || !isLetterOrDigit(content[offset - 1] ?? 0)) return false;
  // it may belong to an escape, of which the longest that is read has ten characters
  for (let at = Math.max(0, offset - 12); at < offset; at += 1) {
    if (content[at] === 0x5c || content[at] === 0x25) return false;
  }
  // or be the length of a string
  return packedLength(content, offset) === null;
}

function isLetterOrDigit(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a)
  );
}
