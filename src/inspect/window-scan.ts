/** The search for secrets in a file that comes in windows, as if it came whole. */
import type { SecretScan } from './secret-scan.ts';
import { createPlaceFinder, type Place } from './text-window.ts';
import type { UnpackedPart } from './unpack.ts';

type Window = Extract<UnpackedPart, { kind: 'window' }>;

/** The windows of one file after another. */
export interface WindowSearch {
  /** Scans the next window of the file at `path`; places are those in the file. */
  search(path: string, window: Window): SecretScan;
  /** The words of the file that was searched last; null where `path` is another. */
  wordsOf(path: string): ReadonlySet<number> | null;
}

/** Scans the next window of a file; places are those in the file. */
type WindowScan = (window: Window) => SecretScan;

/** Bytes at the end of a window that are left to the next one, which has them whole: more than any
 * rule may see, and less than what windows share. */
const LEFT_BYTES = 32 * 1024;

/** A search in files whose windows come in order, one file after the other. */
export function createWindowSearch(scan: (content: Uint8Array) => SecretScan): WindowSearch {
  const scanNext = createWindowScan(scan);
  let searched: { readonly path: string; readonly words: ReadonlySet<number> } | null = null;
  return {
    search(path, window) {
      const found = scanNext(window);
      const before = searched?.path === path && window.offset > 0 ? searched.words : null;
      const words = before === null ? found.words : new Set([...before, ...found.words]);
      searched = { path, words };
      return found;
    },
    wordsOf: (path) => (searched?.path === path ? searched.words : null),
  };
}

function createWindowScan(scan: (content: Uint8Array) => SecretScan): WindowScan {
  let before: { readonly content: Buffer; readonly offset: number; readonly base: Place } | null =
    null;
  return ({ content: bytes, offset, isLast }) => {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const base = before === null || offset === 0 ? { line: 1, column: 1 } : advance(before, offset);
    before = isLast ? null : { content, offset, base };
    const found = scan(content);
    const end = isLast ? null : createPlaceFinder(content)(content.length - LEFT_BYTES, 1);
    const hits = found.hits
      .filter((hit) => end === null || isBefore(hit, end))
      .map((hit) => ({ ...hit, ...placed(base, hit) }));
    return { ...found, hits };
  };
}

/** Where the next window begins. */
function advance(
  { content, offset, base }: { content: Buffer; offset: number; base: Place },
  next: number,
): Place {
  return placed(base, createPlaceFinder(content)(next - offset, 1));
}

function placed(base: Place, { line, column }: Place): Place {
  return { line: base.line + line - 1, column: line === 1 ? base.column + column - 1 : column };
}

function isBefore(left: Place, right: Place): boolean {
  return left.line < right.line || (left.line === right.line && left.column < right.column);
}
