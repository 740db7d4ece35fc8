/** Where everything lies in the memory of the prefilter's program, and how much of it there is. */

/** Bytes of a chunk; a multiple of 16. Small enough to stay near the processor. */
export const CHUNK_BYTES = 64 * 1024;
/** Bytes before and behind the chunk that are looked at too. */
export const PADDING_BYTES = 64;

/** Shortest run of the alphabet that is written out. */
export const RUN_LENGTH = 24;

/** The lowest kind of a byte that is a sign: a backslash or `%`. */
export const SIGN_KIND = 0x40;

/** Most literals; the record of the first of `allWindows` has the number 1. */
export const LITERALS_MAX = 8191;

/**
 * One literal: 16 bytes of it, filled up with zeroes, the bits of each byte that do not count, and
 * four integers: next record of the same hash, how many bytes of the 16 are before the window, a bit
 * for each byte that is there, and from the window on the bytes up to what must run on; 0 for none.
 */
export const RECORD = {
  bytes: 64,
  text: 0,
  ignored: 16,
  next: 32,
  before: 36,
  present: 40,
  runOn: 44,
} as const;

/** Addresses in the memory of the program. Each kind of place has an output of its own. */
export const LAYOUT = {
  kinds: 0,
  openRun: 0x80,
  /** Whether the chunk or what is behind it holds a NUL. */
  hasNul: 0x84,
  runCount: 0x88,
  escapeCount: 0x8c,
  newlines: 0x90,
  unseenCount: 0x94,
  /** PATTERNS, one by one. */
  patterns: 0xa0,
  /** Bytes of the table for the windows at even, then at odd places of 16. */
  hashes: 0xc0,
  bitmap: 0x1000,
  table: 0x4000,
  /** A bit for each byte at which a window may begin; filled up to four bytes. */
  masks: 0xc000,
  /** By second hash, the first record, as 16 bits; 0 is none. */
  heads: 0x14000,
  records: 0x34000,
  input: 0xb8000,
  /** Of the narrow ones pairs: the place, and the number of a record. */
  keywords: 0xba000 + CHUNK_BYTES,
  runs: 0xba000 + 9 * CHUNK_BYTES,
  escapes: 0xba000 + 10 * CHUNK_BYTES,
  unseen: 0xba000 + 14 * CHUNK_BYTES,
} as const;

/** Pages of 64 KiB. */
export const PAGES: number = Math.ceil((LAYOUT.unseen + 4 * CHUNK_BYTES) / 65536);
