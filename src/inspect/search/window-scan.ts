/** The search for secrets in a file that comes in windows, as if it came whole. */

import type { UnpackedPart } from '../unpack/unpack.ts';
import type { FoundWords, SecretScan } from './secret-scan.ts';
import type { Place } from './text-window.ts';

type Window = Extract<UnpackedPart, { kind: 'window' }>;

/** The windows of one file after another. */
export interface WindowSearch {
  /** Scans the next window of the file at `path`; places are those in the file. */
  search(path: string, window: Window): SecretScan;
  /** The words of the file that was searched last, with their places in its first window; null where
   * `path` is another. */
  wordsOf(path: string): FoundWords | null;
}

function withLater(words: FoundWords, later: FoundWords): FoundWords {
  const fresh = [...later.keys()].filter((word) => !words.has(word));
  return fresh.length === 0
    ? words
    : new Map([...words, ...fresh.map((word) => [word, []] as const)]);
}

/** Scans the next window of a file; places are those in the file. */
type WindowScan = (window: Window) => SecretScan;

/** Bytes at the end of a window that are left to the next one, which has them whole: more than any
 * rule may see, and less than what windows share. */
const LEFT_BYTES = 32 * 1024;

/** A search in files whose windows come in order, one file after the other. */
export function createWindowSearch(scan: (content: Uint8Array) => SecretScan): WindowSearch {
  const scanNext = createWindowScan(scan);
  let searched: { readonly path: string; readonly words: FoundWords } | null = null;
  return {
    search(path, window) {
      const found = scanNext(window);
      const before = searched?.path === path && window.offset > 0 ? searched.words : null;
      const words = before === null ? found.words : withLater(before, found.words);
      searched = { path, words };
      return found;
    },
    wordsOf: (path) => (searched?.path === path ? searched.words : null),
  };
}

function createWindowScan(scan: (content: Uint8Array) => SecretScan): WindowScan {
  let base: Place = START;
  return ({ content, offset, isLast, overlap }) => {
    if (offset === 0) base = START;
    const from = base;
    const found = scan(content);
    const end = isLast ? Number.POSITIVE_INFINITY : content.length - LEFT_BYTES;
    const hits = found.hits
      .filter((hit) => hit.offset < end)
      .map((hit) => ({ ...hit, ...placed(from, hit) }));
    if (!isLast) base = placed(from, endOf(content, overlap, found.newlines));
    return { ...found, hits };
  };
}

const START: Place = { line: 1, column: 1 };

/** Where the next window begins, from the begin of this one: `overlap` bytes before its end. */
function endOf(content: Uint8Array, overlap: number, newlines: number): Place {
  const end = content.length - overlap;
  let line = newlines + 1;
  for (let at = end; at < content.length; at += 1) if (content[at] === 0x0a) line -= 1;
  let column = 1;
  for (let at = content.lastIndexOf(0x0a, end - 1) + 1; at < end; at += 1) {
    if (((content[at] ?? 0) & 0xc0) !== 0x80) column += 1;
  }
  return { line, column };
}

function placed(base: Place, { line, column }: Place): Place {
  return { line: base.line + line - 1, column: line === 1 ? base.column + column - 1 : column };
}
