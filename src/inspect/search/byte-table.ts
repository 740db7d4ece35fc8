/** By byte, 1 for those whose Latin-1 character `characters` fits: a lookup costs less than a pattern. */
export function byteTable(characters: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) =>
    characters.test(String.fromCharCode(byte)) ? 1 : 0,
  );
}

/** Where the bytes from `at` on end that a table has, at most `most` of them. */
export function endOfBytes(
  content: Uint8Array,
  at: number,
  table: Uint8Array,
  most: number,
): number {
  const limit = Math.min(content.length, at + most);
  let end = at;
  while (end < limit && table[content[end] ?? 0] === 1) end += 1;
  return end;
}
