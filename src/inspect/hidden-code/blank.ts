/** Blanks of languages and of Unicode in UTF-8: what moves a text to the right and shows nothing. */

/** Columns of a tab, at least. */
export const TAB_WIDTH = 2;

/** No-break space, Ogham space, those from U+2000 on, ideographic space, byte order mark. */
const WIDE_BLANKS = [
  ...['\u00a0', '\u1680', '\u202f', '\u205f', '\u3000', '\ufeff'],
  ...Array.from({ length: 11 }, (_, at) => String.fromCharCode(0x2000 + at)),
].map((one) => Buffer.from(one));
const BLANK_BYTES = new Uint8Array(256);
for (const byte of [0x20, 0x09, 0x0b, 0x0c, ...WIDE_BLANKS.flatMap((one) => [...one])]) {
  BLANK_BYTES[byte] = 1;
}

/** Whether a byte may be of a blank: of those of several bytes any, which other characters have too. */
export function isBlankByte(byte: number | undefined): boolean {
  return byte !== undefined && BLANK_BYTES[byte] === 1;
}

/** Where the blanks end that begin at an offset: there where none does. */
export function endOfBlanks(bytes: Buffer, from: number): number {
  let at = from;
  for (let length = blankAt(bytes, at); length > 0; length = blankAt(bytes, at)) at += length;
  return at;
}

/** Columns that the blanks from an offset to their end take. */
export function columnsOfBlanks(bytes: Buffer, from: number, end: number): number {
  let columns = 0;
  for (let at = from; at < end; at += Math.max(1, blankAt(bytes, at))) {
    columns += bytes[at] === 0x09 ? TAB_WIDTH : 1;
  }
  return columns;
}

/** Bytes of the blank at an offset; 0 where there is none. */
function blankAt(bytes: Buffer, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte === 0x20 || byte === 0x09 || byte === 0x0b || byte === 0x0c) return 1;
  if (byte < 0x80 || BLANK_BYTES[byte] !== 1) return 0;
  return (
    WIDE_BLANKS.find((one) => one.every((part, index) => bytes[at + index] === part))?.length ?? 0
  );
}
