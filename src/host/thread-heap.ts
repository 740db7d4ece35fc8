/** The heaps of the threads that inspect. */
import { setFlagsFromString } from 'node:v8';
import type { ResourceLimits } from 'node:worker_threads';

/** What all threads together begin with; one has no more than it can use. */
const BEGINNING_MEGABYTES = 96;
/** Of that, what is collected often and cheaply: half of the young generation of each thread. */
const YOUNG_MEGABYTES = { all: 8, each: 4 };

/**
 * Limits for one of `threads` threads that are started next, with a heap of at most `heapMegabytes`.
 * Unpacked bytes lie outside of a heap but count for it, and one that begins small is collected every
 * few megabytes of them, which costs a fifth of a scan. The young one stays small: bytes that are not
 * needed any more are free only when it is collected, which costs nearly nothing.
 * Sets flags that V8 reads when it makes a heap, so that those of running threads stay as they are.
 */
export function prepareHeaps(threads: number, heapMegabytes: number): ResourceLimits {
  const { all, each } = YOUNG_MEGABYTES;
  const young = Math.max(1, Math.min(each, Math.floor(all / threads)));
  const old = Math.max(16, Math.floor(BEGINNING_MEGABYTES / threads));
  setFlagsFromString(`--min-semi-space-size=${young}`);
  setFlagsFromString(`--initial-old-space-size=${Math.min(old, heapMegabytes)}`);
  return {
    maxOldGenerationSizeMb: heapMegabytes,
    // two halves, and as much for large objects
    maxYoungGenerationSizeMb: 3 * young,
    stackSizeMb: 4,
  };
}
