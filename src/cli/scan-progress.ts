/** The bar of a long scan. */
import type { Terminal } from './terminal.ts';

/** Told of each file that is done. */
export interface ScanProgress {
  add(sizeBytes: number): void;
  end(): void;
}

/** A short scan shows nothing. */
const SILENT_MS = 1000;
const EVERY_MS = 100;
const BAR_WIDTH = 24;

/** A bar for `total` files on a terminal, and nothing elsewhere; `now` is RFC 3339. */
export function createScanProgress(
  terminal: Pick<Terminal, 'showsStatus' | 'status'>,
  total: number,
  now: () => string,
): ScanProgress {
  if (!terminal.showsStatus) return { add: () => undefined, end: () => undefined };
  const begun = Date.parse(now());
  let shownAt = begun + SILENT_MS - EVERY_MS;
  let done = 0;
  let bytes = 0;
  let isShown = false;
  return {
    add(sizeBytes) {
      done += 1;
      bytes += sizeBytes;
      const at = Date.parse(now());
      if (at - shownAt < EVERY_MS) return;
      shownAt = at;
      isShown = true;
      terminal.status(formatProgress({ done, total, bytes, elapsedMs: at - begun }));
    },
    end() {
      if (isShown) terminal.status('');
    },
  };
}

/** `[######      ] 12/48 files, 31.5 MB/s`; `elapsedMs` above 0. */
export function formatProgress(one: {
  readonly done: number;
  readonly total: number;
  readonly bytes: number;
  readonly elapsedMs: number;
}): string {
  const filled = Math.floor((BAR_WIDTH * one.done) / Math.max(1, one.total));
  const bar = '#'.repeat(filled).padEnd(BAR_WIDTH);
  const speed = (one.bytes / 1000 / one.elapsedMs).toFixed(1);
  return `[${bar}] ${one.done}/${one.total} files, ${speed} MB/s`;
}
