/** Text around an offset of a file, and where in the file an offset is for a person. */

/**
 * `length` characters from `offset` on; fewer at the end. Bytes become Latin-1 text; of UTF-16
 * (`width` 2) `offset` is the low byte of an ASCII character, whichever byte order it is. A negative
 * `length` gives the characters before `offset`. The text is a copy: it keeps no file alive.
 */
export function textAt(content: Buffer, offset: number, width: 1 | 2, length: number): string {
  const start = length < 0 ? Math.max(offset % width, offset + length * width) : offset;
  const end = length < 0 ? offset : Math.min(content.length, offset + length * width);
  if (width === 1) return content.toString('latin1', start, end);
  // Read from a low byte on, the byte that follows is a high one: of this character, or, in big
  // endian, of the next. Both are zero for ASCII, so one decoder reads both orders.
  const text = content.toString('utf16le', start, end);
  const isCut = (end - start) % 2 === 1;
  return isCut ? text + String.fromCharCode(content[end - 1] ?? 0) : text;
}

/** Both 1-based. `column` counts characters: of UTF-8 its code points, else its units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Places of offsets that are asked for in ascending order; all together cost one pass. */
export function createPlaceFinder(content: Buffer): (offset: number, width: 1 | 2 | 4) => Place {
  let line = 1;
  let lineStart = 0;
  let counted = 0;
  let characters = 0;
  return (offset, width) => {
    for (;;) {
      const newline = content.indexOf(0x0a, lineStart);
      if (newline === -1 || newline >= offset) break;
      line += 1;
      lineStart = newline + 1;
      counted = lineStart;
      characters = 0;
    }
    if (width !== 1) return { line, column: Math.floor((offset - lineStart) / width) + 1 };
    for (; counted < offset; counted += 1) {
      if (((content[counted] ?? 0) & 0xc0) !== 0x80) characters += 1;
    }
    return { line, column: characters + 1 };
  };
}
