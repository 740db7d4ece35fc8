import { CountersignError, type ErrorCode } from '../core/errors.ts';

// Uint8Array.fromBase64 came with Node 25; atob and btoa run at the floor and in every browser.
const CHUNK_BYTES = 0x6000; // a multiple of three, so that chunks concatenate without padding

/** Base64 of RFC 4648 section 4, with padding. Empty bytes give ''. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES)));
  }
  return text;
}

/**
 * The bytes of strict base64 (RFC 4648 section 4): padded, no white space, unused bits zero; so
 * every byte sequence has one spelling. '' gives no bytes. Throws `code` naming `what`.
 */
export function decodeBase64(
  text: string,
  what = 'a value',
  code: ErrorCode = 'not-canonical',
): Uint8Array {
  const bytes = bytesOfBase64(text);
  if (bytes === undefined || encodeBase64(bytes) !== text) {
    throw new CountersignError(code, `${what} is not canonical base64`);
  }
  return bytes;
}

/** Base64url of RFC 4648 section 5, without padding. Empty bytes give ''. */
export function encodeBase64url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * The bytes of strict base64url (RFC 4648 section 5): no padding, no white space, unused bits zero.
 * '' gives no bytes. Throws `code` naming `what`.
 */
export function decodeBase64url(
  text: string,
  what = 'a value',
  code: ErrorCode = 'not-canonical',
): Uint8Array {
  const bytes = bytesOfBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
  if (bytes === undefined || encodeBase64url(bytes) !== text) {
    throw new CountersignError(code, `${what} is not canonical base64url`);
  }
  return bytes;
}

/** Lower-case hexadecimal. Empty bytes give ''. */
export function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** The bytes of lower-case hexadecimal. '' gives no bytes. Throws `code` naming `what`. */
export function decodeHex(
  text: string,
  what = 'a value',
  code: ErrorCode = 'not-canonical',
): Uint8Array {
  if (text.length % 2 !== 0 || /[^0-9a-f]/.test(text)) {
    throw new CountersignError(code, `${what} is not lower-case hexadecimal of whole bytes`);
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  }
  return bytes;
}

function bytesOfBase64(text: string): Uint8Array | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
