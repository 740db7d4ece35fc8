/** Strings that lie in a compiled Python module with their length before them, and no sign of their
 * own around them: marshal, version 4, as CPython's Python/marshal.c writes it. */

/** A reference may be made to the object: set in its type. */
const FLAG = 0x80;
/** Short ASCII strings, interned or not, with one byte of length. */
const SHORT_TYPES: ReadonlySet<number> = new Set([0x7a, 0x5a]);
/** ASCII, other strings, and bytes, with four bytes of length, lowest first. */
const LONG_TYPES: ReadonlySet<number> = new Set([0x61, 0x41, 0x75, 0x74, 0x73]);
/** Bytes on each side in which a module has one that is no text. */
const NEAR = 8;

/** How long the string that begins at `offset` says it is, in bytes; null where none does. Types and
 * lengths are letters too, so where both could be text, something near must be none. */
export function packedLength(content: Uint8Array, offset: number): number | null {
  if (offset < 2) return null;
  const last = content[offset - 1] ?? 0;
  const type = content[offset - 2] ?? 0;
  if (SHORT_TYPES.has(type & ~FLAG)) {
    const isBinary =
      type >= FLAG ||
      hasBinary(content, offset - 2 - NEAR, offset - 2) ||
      hasBinary(content, offset + last, offset + last + NEAR);
    return isBinary ? last : null;
  }
  if (offset < 5 || last !== 0 || type !== 0) return null;
  const length = (content[offset - 4] ?? 0) | ((content[offset - 3] ?? 0) << 8);
  return LONG_TYPES.has((content[offset - 5] ?? 0) & ~FLAG) ? length : null;
}

function hasBinary(content: Uint8Array, start: number, end: number): boolean {
  for (let at = Math.max(0, start); at < Math.min(end, content.length); at += 1) {
    const byte = content[at] ?? 0;
    if (byte < 9 || byte >= 0x7f) return true;
  }
  return false;
}
