/** The heaps of the threads that inspect. */
import { setFlagsFromString } from 'node:v8';
import type { ResourceLimits } from 'node:worker_threads';

/** Megabytes that a heap begins with, by how many threads there are: what is collected often and
 * cheaply, half of the young generation, and the rest. So three stay well below 300 MB. */
const BEGINNINGS = [
  { young: 4, old: 96 },
  { young: 4, old: 48 },
] as const;
/** What each begins with where there are more. */
const OF_MANY = { young: 1, old: 16 };
/** What a heap that shares the memory of the process may grow to: four times what inspection needs. */
const SHARED_MAX = 64;

/**
 * Limits for one of `threads` threads that are started next, with a heap of at most `heapMegabytes`.
 * Unpacked bytes lie outside of a heap but count for it, and one that begins small is collected every
 * few megabytes of them, which costs a fifth of a scan. The young one stays small: bytes that are not
 * needed any more are free only when it is collected, which costs nearly nothing.
 * Sets flags that V8 reads when it makes a heap, so that those of running threads stay as they are.
 */
export function prepareHeaps(threads: number, heapMegabytes: number): ResourceLimits {
  const { young, old } = BEGINNINGS[threads - 1] ?? OF_MANY;
  setFlags(
    `--min-semi-space-size=${young} --initial-old-space-size=${Math.min(old, heapMegabytes)}`,
  );
  return {
    maxOldGenerationSizeMb: threads === 1 ? heapMegabytes : Math.min(SHARED_MAX, heapMegabytes),
    // two halves, and as much for large objects
    maxYoungGenerationSizeMb: 3 * young,
    stackSizeMb: 4,
  };
}

let flagsSet = '';

/** V8 has one set of flags for all threads: what is so already is not written while others run. */
function setFlags(flags: string): void {
  if (flags === flagsSet) return;
  setFlagsFromString(flags);
  flagsSet = flags;
}
