/**
 * How compressed data begins that has no first bytes of its own: of noise in base64, as keys and
 * signatures are, hardly one in a hundred begins so, and trying each would cost more than all the rest.
 */

/** Symbols of deflate's own code that are looked at: a text begins with letters. */
const SYMBOLS = 4;

/** From so many bytes on brotli writes the size of what it packed in more than sixteen bits. */
const LARGE_BYTES = 8 * 1024;

/** Whether a stream of brotli (RFC 7932, section 9.1) may begin here, with the window of 4 MiB that it
 * takes unless it is told, and with a block that is no larger than such data can hold. */
export function mayBeBrotli(content: Uint8Array): boolean {
  const first = content[0] ?? 0;
  if ((first & 0x0f) !== 0x0b) return false;
  const isLast = (first & 0x10) !== 0;
  // behind the last block's bit comes one that it is empty
  const nibbles = isLast ? (first >> 6) & 3 : (first >> 5) & 3;
  if (isLast && (first & 0x20) !== 0) return false;
  return nibbles === 0 || (nibbles === 1 && content.length >= LARGE_BYTES);
}

/** Whether a block of deflate (RFC 1951) with codes may begin here: of its own code the first symbols
 * are text, of a code that comes along the lengths are a whole one. */
export function mayBeDeflate(content: Uint8Array): boolean {
  const kind = ((content[0] ?? 0) >> 1) & 3;
  if (kind === 1) return beginsWithText(content);
  return kind === 2 && hasWholeCode(content);
}

/** Printable ASCII and white space. */
export function isTextByte(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13);
}

/** Section 3.2.6: literals up to 143 have eight bits, from 0x30 on. */
function beginsWithText(content: Uint8Array): boolean {
  for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
    let code = 0;
    for (let bit = 0; bit < 8; bit += 1) {
      code = (code << 1) | bitsAt(content, 3 + 8 * symbol + bit, 1);
    }
    const byte = code - 0x30;
    if (!isTextByte(byte)) return false;
  }
  return true;
}

/** Section 3.2.7: numbers of codes, and lengths of the code for their lengths. */
function hasWholeCode(content: Uint8Array): boolean {
  if (bitsAt(content, 3, 5) > 29 || bitsAt(content, 8, 5) > 29) return false;
  const count = bitsAt(content, 13, 4) + 4;
  let sum = 0;
  for (let at = 0; at < count; at += 1) {
    const length = bitsAt(content, 17 + 3 * at, 3);
    if (length > 0) sum += 128 >> length;
  }
  return sum === 128;
}

/** Up to eight bits from bit `at` on, the lowest of a byte first. */
function bitsAt(content: Uint8Array, at: number, count: number): number {
  const byte = at >> 3;
  const two = (content[byte] ?? 0) | ((content[byte + 1] ?? 0) << 8);
  return (two >> (at & 7)) & ((1 << count) - 1);
}
