/** What bytes are gathered into, again and again: fresh memory would be garbage for each file. */
export interface GatherMemory {
  bytes: Uint8Array;
}

/** Bytes of it at first, which is enough for nearly every file. */
const SMALL_BYTES = 512 * 1024;
/** Bytes of it where that is not enough: all that readers ask for at a time, and a piece. Nothing
 * grows by steps, since each of them would be garbage; pages that nobody writes to are not there. */
const LARGE_BYTES = 9 * 1024 * 1024;

/** Bytes of new memory for `length` bytes now and perhaps `wantedBytes`. What is beyond LARGE_BYTES
 * grows by what really comes: a header may claim any size. */
export function roomBytesFor(length: number, wantedBytes: number): number {
  if (length <= SMALL_BYTES) return SMALL_BYTES;
  if (length <= LARGE_BYTES) return LARGE_BYTES;
  return Math.max(length, Math.min(2 * length, wantedBytes));
}

/** What is kept for the next; more is needed only where containers lie in each other. */
const IDLE_MAX = 3;
const idle: GatherMemory[] = [];

/** Memory for one reader, until `returnMemory`; what that has given away is not good any more then. */
export function lendMemory(): GatherMemory {
  return idle.pop() ?? { bytes: new Uint8Array() };
}

/** Gives back what was lent, once. A reader that never ends keeps it, and the next gets new one. */
export function returnMemory(memory: GatherMemory): void {
  if (idle.length < IDLE_MAX) idle.push(memory);
}
