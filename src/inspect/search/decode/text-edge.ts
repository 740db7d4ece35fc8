/** Where a text begins and ends in which an escape stands. */

/** Bytes before an escape that may belong to the same text. */
export const REACH_BACK = 256;
/** Bytes from an escape on that are decoded together. */
export const REACH_ON = 4096;

/** Bytes, as 1, that end a text: control characters and these. */
export function endsOf(characters: string): Uint8Array {
  const table = new Uint8Array(256).fill(1, 0, 0x20);
  for (const one of characters) table[one.charCodeAt(0)] = 1;
  return table;
}

/** From `offset` on towards `limit`, either way, to the first byte that `ends` has as 1. */
export function edgeOf(content: Buffer, ends: Uint8Array, offset: number, limit: number): number {
  const [step, look] = limit < offset ? [-1, -1] : [1, 0];
  let at = offset;
  while (at !== limit && ends[content[at + look] ?? 0] === 0) at += step;
  return at;
}
