/** Where a window of a large file begins, when the one before it is full. */
import { IN_ALPHABET } from '../search/prefilter/kernel.ts';

/**
 * At most `overlapBytes` before the end of `content`: in a run of base64 a whole number of its groups
 * behind its start, since what is decoded from the middle of one is no text. Every window begins so,
 * or at no run.
 */
export function startOfNext(content: Uint8Array, overlapBytes: number): number {
  const start = Math.max(0, content.length - overlapBytes);
  let runStart = start;
  while (runStart > 0 && IN_ALPHABET[content[runStart - 1] ?? 0] === 1) runStart -= 1;
  return Math.min(content.length, start + ((4 - ((start - runStart) % 4)) % 4));
}
