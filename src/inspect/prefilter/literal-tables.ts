/**
 * What the prefilter knows of its literals. Each is told by the four bytes of it that are rarest in
 * code; a table over their nibbles finds candidates 16 bytes at a time (as "Teddy" of Hyperscan
 * does), and a bitmap over a hash of the four bytes thins those out.
 */

/** A text to look for: ASCII, at least WINDOW_LENGTH characters. */
export interface Literal {
  readonly text: string;
  /** Capital and small letters are the same. */
  readonly ignoreCase: boolean;
}

/** Bytes that tell a literal. */
export const WINDOW_LENGTH = 4;

/** Sets of literals that the nibble tables tell apart: a bit each, in groups of 8. */
const GROUPS = 2;
const BUCKETS = 8 * GROUPS;

/** Bits of the hash; the bitmap has one bit for each value. */
const HASH_BITS = 16;

/** Tables for all kernels. */
export interface LiteralTables {
  /** GROUPS times WINDOW_LENGTH times (low nibbles, high nibbles), 16 bytes each: which buckets
   * may have a byte with this nibble at this place. */
  readonly nibbles: Uint8Array;
  readonly bitmap: Uint8Array;
  /** By hash of the window: literals, by number, and where in the literal the window begins. */
  readonly windows: ReadonlyMap<number, readonly LiteralWindow[]>;
}

/** The window of one literal. */
export interface LiteralWindow {
  readonly literal: number;
  readonly start: number;
}

/** Hash of four bytes, of which the first is the lowest; letters of either case are equal. */
export function hashWindow(word: number): number {
  return Math.imul(word | 0x20202020, 0x9e3779b1) >>> (32 - HASH_BITS);
}

/** Throws a TypeError for a literal that is too short or not ASCII. */
export function createLiteralTables(literals: readonly Literal[]): LiteralTables {
  const windows = new Map<number, LiteralWindow[]>();
  const bitmap = new Uint8Array(2 ** HASH_BITS / 8);
  const buckets = createBuckets();
  const sorted = literals.map((literal, at) => ({ literal, at, start: rarestWindow(literal) }));
  for (const { literal, at, start } of sorted) {
    const hash = hashWindow(Buffer.from(literal.text, 'latin1').readUInt32LE(start));
    windows.set(hash, [...(windows.get(hash) ?? []), { literal: at, start }]);
    bitmap[hash >> 3] = (bitmap[hash >> 3] ?? 0) | (1 << (hash & 7));
  }
  const texts = sorted.map(({ literal, start }) => ({
    text: literal.text.slice(start, start + WINDOW_LENGTH),
    ignoreCase: literal.ignoreCase,
  }));
  // neighbours in the alphabet share nibbles, so they go into one bucket
  texts.sort((left, right) => (left.text < right.text ? -1 : left.text > right.text ? 1 : 0));
  for (const one of texts) buckets.add(one);
  return { nibbles: buckets.nibbles(), bitmap, windows };
}

/** Bytes of source code and of packages, from frequent to rare; what is missing is rarest. */
const FREQUENT = Buffer.from(
  ' etnroisacldupmfhg.,;()="\'_-/bvy:{}0T1SCE2xkADRINOw[]PLM3*Fq456B879jzUVG<>W+H|X!&?YKQJZ@#$%^~`\\',
);
const WEIGHTS = Float64Array.from({ length: 256 }, (_, byte) => {
  const rank = FREQUENT.indexOf(byte);
  return 1 / (rank === -1 ? 200 : rank + 4);
});

/** Where in the literal the four bytes begin that are seen least in what is scanned. */
function rarestWindow({ text, ignoreCase }: Literal): number {
  if (text.length < WINDOW_LENGTH || !/^[\x01-\x7f]*$/.test(text)) {
    throw new TypeError(`a keyword is ASCII of ${WINDOW_LENGTH} characters or more: ${text}`);
  }
  let best = { start: 0, weight: Number.POSITIVE_INFINITY };
  for (let start = 0; start + WINDOW_LENGTH <= text.length; start += 1) {
    let weight = 1;
    for (let at = start; at < start + WINDOW_LENGTH; at += 1) {
      const forms = bytesOf(text, at, ignoreCase);
      weight *= forms.reduce((sum, byte) => sum + (WEIGHTS[byte] ?? 0), 0);
    }
    if (weight < best.weight) best = { start, weight };
  }
  return best.start;
}

/** The bytes that may stand for the character. */
function bytesOf(text: string, at: number, ignoreCase: boolean): readonly number[] {
  const byte = text.charCodeAt(at);
  const letter = byte | 0x20;
  return ignoreCase && letter >= 0x61 && letter <= 0x7a ? [letter, letter & ~0x20] : [byte];
}

/** For each place of the window, as bits: which nibbles occur. */
interface Bucket {
  readonly low: number[];
  readonly high: number[];
  weight: number;
}

function createBuckets() {
  const buckets = Array.from(
    { length: BUCKETS },
    (): Bucket => ({ low: [0, 0, 0, 0], high: [0, 0, 0, 0], weight: 0 }),
  );
  return {
    /** Puts a window where it makes the fewest other texts pass. */
    add({ text, ignoreCase }: Literal): void {
      let best: { bucket: Bucket; grown: Bucket; cost: number } | undefined;
      for (const bucket of buckets) {
        const grown = grow(bucket, text, ignoreCase);
        const cost = grown.weight - bucket.weight;
        if (best === undefined || cost < best.cost) best = { bucket, grown, cost };
      }
      if (best !== undefined) Object.assign(best.bucket, best.grown);
    },
    nibbles(): Uint8Array {
      const tables = new Uint8Array(GROUPS * WINDOW_LENGTH * 32);
      for (const [number, bucket] of buckets.entries()) {
        const group = (number >> 3) * WINDOW_LENGTH * 32;
        for (let place = 0; place < WINDOW_LENGTH; place += 1) {
          for (const [half, bits] of [bucket.low[place] ?? 0, bucket.high[place] ?? 0].entries()) {
            for (let nibble = 0; nibble < 16; nibble += 1) {
              const at = group + place * 32 + half * 16 + nibble;
              tables[at] = (tables[at] ?? 0) | (((bits >> nibble) & 1) << (number & 7));
            }
          }
        }
      }
      return tables;
    },
  };
}

function grow(bucket: Bucket, text: string, ignoreCase: boolean): Bucket {
  const low = [...bucket.low];
  const high = [...bucket.high];
  let weight = 1;
  for (let place = 0; place < WINDOW_LENGTH; place += 1) {
    for (const byte of bytesOf(text, place, ignoreCase)) {
      low[place] = (low[place] ?? 0) | (1 << (byte & 15));
      high[place] = (high[place] ?? 0) | (1 << (byte >> 4));
    }
    weight *= passWeight(low[place] ?? 0, high[place] ?? 0);
  }
  return { low, high, weight };
}

/** How often a byte passes both nibble sets. Kept: the same sets are asked about again and again. */
const passWeights = new Map<number, number>();

function passWeight(low: number, high: number): number {
  const key = low * 65536 + high;
  const known = passWeights.get(key);
  if (known !== undefined) return known;
  let sum = 0;
  for (let byte = 0; byte < 128; byte += 1) {
    if (((low >> (byte & 15)) & 1) === 1 && ((high >> (byte >> 4)) & 1) === 1) {
      sum += WEIGHTS[byte] ?? 0;
    }
  }
  passWeights.set(key, sum);
  return sum;
}
