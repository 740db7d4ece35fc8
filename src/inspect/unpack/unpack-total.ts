/** What an artifact has cost so far. */
import { type ArchiveLimits, archiveLimit } from '../../formats/archive-entry.ts';
import type { UnpackLimits } from './unpack-limits.ts';

/** Counts over all depths. */
export interface Total {
  /** Both throw 'limit-exceeded', and ever again the same error. */
  addEntry(): void;
  addBytes(count: number): void;
  /** Whether `error` is that one: then nothing more is read. */
  isOver(error: unknown): boolean;
}

/** Counts from nothing. */
export function createTotal(limits: UnpackLimits): Total {
  let entries = 0;
  let sizeBytes = 0;
  let over: Error | null = null;
  // asked at each entry: the sentence is made where it is needed
  function check(isOver: boolean, problem: () => string, limit: keyof ArchiveLimits): void {
    if (over === null && isOver) {
      over = archiveLimit('with all that is packed inside', problem(), limit);
    }
    if (over !== null) throw over;
  }
  const tooMany = () => `it holds more than ${limits.entries} entries`;
  const tooLarge = () => `it unpacks to more than ${limits.unpackedBytes} bytes`;
  return {
    isOver: (error) => over !== null && error === over,
    addEntry() {
      entries += 1;
      check(entries > limits.entries, tooMany, 'entries');
    },
    addBytes(count) {
      sizeBytes += count;
      check(sizeBytes > limits.unpackedBytes, tooLarge, 'unpackedBytes');
    },
  };
}
