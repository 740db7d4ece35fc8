/**
 * What the prefilter knows of its literals. Each is told by the four bytes of it that are rarest in
 * packages. A table over one hash of four bytes finds candidates: a byte for the upper bits of the hash,
 * two bits of it for the lower five (a Bloom filter in one byte). A bitmap over another hash thins
 * them out.
 * Both cost the same for a thousand literals as for one, which nibble tables ("Teddy") do not.
 */
import { FREQUENT_WINDOWS } from './frequent-windows.ts';

/** A text to look for, at least WINDOW_LENGTH characters: ASCII, and other bytes that are no letters
 * of Latin-1. */
export interface Literal {
  readonly text: string;
  /** Capital and small letters are the same. */
  readonly ignoreCase: boolean;
  /** It counts only where RUN_ON_BYTES of base64 or base64url follow, up to a backslash: behind one
   * stands an escape, which may be anything. */
  readonly runsOn?: boolean;
}

/** Bytes that are looked at behind a literal that `runsOn`. */
export const RUN_ON_BYTES = 16;

/** Longest literal that `runsOn`: with what follows it lies in the padding of a chunk. */
const RUNNING_MAX = 48;

/** Bytes that tell a literal. */
const WINDOW_LENGTH = 4;

/** Bytes around a window that a kernel compares, fewer where the literal is shorter: they tell most. */
export const COMPARED_BYTES = 16;

/** Factors and bits of the two hashes. */
export const HASHES = {
  table: { factors: [0x4287, 0xb359], bits: 20 },
  bitmap: { factor: 0x85ebca6b, bits: 16 },
} as const;

/** Lower bits of the first hash that choose a pattern. */
export const PATTERN_BITS = 5;

/** Two bits of eight for each number of five bits: four of the 28 there are stand for two. */
export const PATTERNS: readonly number[] = Array.from({ length: 7 }, (_, low) =>
  Array.from({ length: 7 - low }, (_, above) => (1 << low) | (2 << (low + above))),
)
  .flat()
  .flatMap((pattern, at) => (at < 2 ** PATTERN_BITS - 28 ? [pattern, pattern] : pattern));

/** Tables for all kernels. */
export interface LiteralTables {
  readonly literals: readonly Literal[];
  /** For each value of the first hash without PATTERN_BITS, the patterns of those that windows
   * have, together. */
  readonly table: Uint8Array;
  /** The same for the second. */
  readonly bitmap: Uint8Array;
  /** By second hash of the window. */
  readonly windows: ReadonlyMap<number, readonly LiteralWindow[]>;
}

/** The window of one literal, by number, and where in the literal it begins, and what is compared. */
export interface LiteralWindow {
  readonly literal: number;
  readonly start: number;
  readonly from: number;
}

/** All windows in the order in which a kernel numbers them, from 0 on: list by list. */
export function allWindows({ windows }: LiteralTables): readonly LiteralWindow[] {
  return [...windows.values()].flat();
}

/**
 * Hashes of four bytes, of which the first is the lowest; letters of either case are equal. That of the
 * table is made of two products of 16 bits: their sum without its lowest bit, then PATTERN_BITS of their
 * difference. That of the bitmap is the upper half of one product.
 */
export function hashWindow(word: number, hash: keyof typeof HASHES): number {
  const folded = word | 0x20202020;
  if (hash === 'bitmap') {
    return Math.imul(folded, HASHES.bitmap.factor) >>> (32 - HASHES.bitmap.bits);
  }
  const [first, second] = HASHES.table.factors;
  const low = Math.imul(folded & 0xffff, first);
  const high = Math.imul(folded >>> 16, second);
  const byte = ((low + high) & 0xffff) >> 1;
  return (byte << PATTERN_BITS) | (((low - high) & 0xffff) >> (16 - PATTERN_BITS));
}

/**
 * `frequent` are windows to avoid, from rare to frequent. Throws a TypeError for a literal that is too
 * short, of other characters, or runs on and is too long.
 */
export function createLiteralTables(
  literals: readonly Literal[],
  frequent: readonly string[] = FREQUENT_WINDOWS,
): LiteralTables {
  const windows = new Map<number, LiteralWindow[]>();
  const ranks = new Map(frequent.map((window, rank) => [windowAt(window, 0), rank]));
  const table = new Uint8Array(2 ** (HASHES.table.bits - PATTERN_BITS));
  const bitmap = new Uint8Array(2 ** HASHES.bitmap.bits / 8);
  for (const [at, literal] of literals.entries()) {
    if (literal.runsOn === true && literal.text.length > RUNNING_MAX) {
      throw new TypeError(`a keyword that runs on has ${RUNNING_MAX} characters at most`);
    }
    const start = rarestWindow(literal, ranks);
    const word = windowAt(literal.text, start);
    const hash = hashWindow(word, 'bitmap');
    // what comes before the window is rarer than what follows it
    const from = Math.max(0, Math.min(start - 6, literal.text.length - COMPARED_BYTES));
    const window = { literal: at, start, from };
    const others = windows.get(hash);
    if (others === undefined) windows.set(hash, [window]);
    else others.push(window);
    setBit(bitmap, hash);
    const place = hashWindow(word, 'table');
    const byte = place >> PATTERN_BITS;
    table[byte] = (table[byte] ?? 0) | (PATTERNS[place % PATTERNS.length] ?? 0);
  }
  return { literals, table, bitmap, windows };
}

/** The window at `start` of a literal as a hash sees it, 32 bits of which the lowest are its first byte:
 * letters of either case, and some signs, are equal. */
export function windowAt(text: string, start: number): number {
  const word =
    text.charCodeAt(start) |
    (text.charCodeAt(start + 1) << 8) |
    (text.charCodeAt(start + 2) << 16) |
    (text.charCodeAt(start + 3) << 24);
  return (word | 0x20202020) >>> 0;
}

function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
}

/** Bytes of source code and of packages, from frequent to rare; what is missing is rarest. */
const FREQUENT = Buffer.from(
  ' etnroisacldupmfhg.,;()="\'_-/bvy:{}0T1SCE2xkADRINOw[]PLM3*Fq456B879jzUVG<>W+H|X!&?YKQJZ@#$%^~`\\',
);
function weightOf(byte: number): number {
  // what is no text is mostly NULs
  const rank = byte === 0 ? 0 : FREQUENT.indexOf(byte);
  return 1 / (rank === -1 ? 200 : rank + 4);
}
/** Of a byte in either case, as a logarithm: those of several are added. */
const WEIGHTS = Float64Array.from({ length: 256 }, (_, byte) =>
  Math.log(weightOf(byte) + weightOf(byte ^ 0x20)),
);

function weightAt(text: string, at: number): number {
  return WEIGHTS[text.charCodeAt(at)] ?? 0;
}

/** Before the rank of every frequent window. */
const RARE = -1;

/** Where in the literal the four bytes begin that are seen least in what is scanned: of none of
 * `frequent` where there is one, else of its first. */
function rarestWindow({ text }: Literal, frequent: ReadonlyMap<number, number>): number {
  if (text.length < WINDOW_LENGTH || !/^[\0-\xbf\xd7\xf7]*$/.test(text)) {
    throw new TypeError(
      `a keyword is bytes without letters above ASCII, ${WINDOW_LENGTH} or more: ${text}`,
    );
  }
  let best = 0;
  let [bestRank, least] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let weight = weightAt(text, 0) + weightAt(text, 1) + weightAt(text, 2);
  for (let start = 0; start + WINDOW_LENGTH <= text.length; start += 1) {
    weight += weightAt(text, start + WINDOW_LENGTH - 1);
    // most are no better than one that is rare
    if (bestRank !== RARE || weight < least) {
      const rank = frequent.get(windowAt(text, start)) ?? RARE;
      if (rank < bestRank || (rank === bestRank && weight < least)) {
        [best, bestRank, least] = [start, rank, weight];
      }
    }
    weight -= weightAt(text, start);
  }
  return best;
}
