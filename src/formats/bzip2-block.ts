/** One block of bzip2: Huffman codes, move to front, and the Burrows-Wheeler transform undone. */
import { malformedArchive } from './archive-entry.ts';
import type { BitReader } from './bit-reader.ts';

/** The block as a chain: each cell of `table` is a byte and, above it, the cell that follows; the
 * first is at `start`, and there are `count`. */
export interface Bzip2Block {
  readonly table: Uint32Array;
  readonly count: number;
  readonly start: number;
}

const GROUP_SYMBOLS = 50;
const MAX_CODE_BITS = 20;
/** As many groups as 900,000 symbols need; bzip2 1.0.8 reads more and takes no notice of them. */
const MAX_SELECTORS = 18_002;

/** One Huffman code: for each length the first value, left-aligned, that is too large for it. */
interface Code {
  readonly ends: Uint32Array;
  readonly offsets: Int32Array;
  readonly symbols: Uint16Array;
  readonly shortest: number;
}

/**
 * Decodes a block behind its magic number and checksum into `table`, whose length is the size of
 * blocks of the stream. Throws 'malformed-archive'. Bits behind the end read as zeroes: the caller
 * asks the reader.
 */
export function decodeBlock(bits: BitReader, table: Uint32Array, where: string): Bzip2Block {
  const refuse = (problem: string) => malformedArchive(where, `the bzip2 block ${problem}`);
  if (bits.take(1) !== 0) throw refuse('is randomised, which is not read');
  const origin = bits.take(24);
  const used = readUsedBytes(bits);
  if (used.length === 0) throw refuse('uses no bytes');
  const groups = bits.take(3);
  if (groups < 2 || groups > 6) throw refuse(`has ${groups} codes, expected 2 to 6`);
  const selectors = readSelectors(bits, groups, refuse);
  const codes = Array.from({ length: groups }, () => readCode(bits, used.length + 2, refuse));
  const count = readSymbols(bits, { table, used, selectors, codes, refuse });
  if (count === 0 || origin >= count) throw refuse('begins outside of itself');
  return { table, count, start: chain(table, count, origin) };
}

type Refuse = (problem: string) => Error;

function readUsedBytes(bits: BitReader): Uint8Array {
  const ranges = bits.take(16);
  const used: number[] = [];
  for (let range = 0; range < 16; range += 1) {
    if ((ranges & (0x8000 >> range)) === 0) continue;
    const members = bits.take(16);
    for (let member = 0; member < 16; member += 1) {
      if ((members & (0x8000 >> member)) !== 0) used.push(range * 16 + member);
    }
  }
  return Uint8Array.from(used);
}

function readSelectors(bits: BitReader, groups: number, refuse: Refuse): Uint8Array {
  const count = bits.take(15);
  if (count === 0) throw refuse('has no selectors');
  const order = Array.from({ length: groups }, (_, at) => at);
  const selectors = new Uint8Array(Math.min(count, MAX_SELECTORS));
  for (let at = 0; at < count; at += 1) {
    let index = 0;
    while (bits.take(1) === 1) {
      index += 1;
      if (index >= groups) throw refuse('selects a code that it does not have');
    }
    const [selected = 0] = order.splice(index, 1);
    order.unshift(selected);
    if (at < MAX_SELECTORS) selectors[at] = selected;
  }
  return selectors;
}

function readCode(bits: BitReader, symbolCount: number, refuse: Refuse): Code {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.take(5);
  for (let symbol = 0; symbol < symbolCount; symbol += 1) {
    for (;;) {
      if (length < 1 || length > MAX_CODE_BITS) throw refuse('has a code of an impossible length');
      if (bits.take(1) === 0) break;
      length += bits.take(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return buildCode(lengths, refuse);
}

function buildCode(lengths: Uint8Array, refuse: Refuse): Code {
  const counts = new Uint32Array(MAX_CODE_BITS + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const ends = new Uint32Array(MAX_CODE_BITS + 1);
  const offsets = new Int32Array(MAX_CODE_BITS + 1);
  const next = new Uint32Array(MAX_CODE_BITS + 1);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
    const count = counts[length] ?? 0;
    offsets[length] = index - code;
    next[length] = index;
    code += count;
    index += count;
    ends[length] = code << (MAX_CODE_BITS - length);
    if (code > 1 << length) throw refuse('has a code with more words than fit');
    code <<= 1;
  }
  const symbols = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol += 1) {
    const length = lengths[symbol] ?? 0;
    const at = next[length] ?? 0;
    symbols[at] = symbol;
    next[length] = at + 1;
  }
  return { ends, offsets, symbols, shortest: counts.findIndex((count) => count > 0) };
}

function takeSymbol(bits: BitReader, { ends, offsets, symbols, shortest }: Code): number {
  const ahead = bits.peek(MAX_CODE_BITS);
  for (let length = shortest; length <= MAX_CODE_BITS; length += 1) {
    if (ahead < (ends[length] ?? 0)) {
      bits.skip(length);
      return symbols[(ahead >>> (MAX_CODE_BITS - length)) + (offsets[length] ?? 0)] ?? 0;
    }
  }
  return -1;
}

interface Symbols {
  readonly table: Uint32Array;
  readonly used: Uint8Array;
  readonly selectors: Uint8Array;
  readonly codes: readonly Code[];
  readonly refuse: Refuse;
}

/** The bytes of the last column into the low bits of the cells; how many there are. */
function readSymbols(bits: BitReader, { table, used, selectors, codes, refuse }: Symbols): number {
  const front = Uint8Array.from(used);
  const end = used.length + 1;
  let count = 0;
  let run = 0;
  let weight = 1;
  for (let at = 0; ; at += 1) {
    const code = codes[selectors[Math.floor(at / GROUP_SYMBOLS)] ?? codes.length];
    if (code === undefined) throw refuse('has too few selectors');
    const symbol = takeSymbol(bits, code);
    if (symbol < 0 || bits.overrun()) throw refuse('is truncated, or holds no word of its code');
    // digits of a number in base two whose digits are one and two
    if (symbol <= 1) run += weight << symbol;
    const grown = count + run + Number(symbol > 1 && symbol !== end);
    if (grown > table.length) throw refuse('is longer than its stream allows');
    if (symbol <= 1) {
      weight <<= 1;
      continue;
    }
    table.fill(front[0] ?? 0, count, count + run);
    if (symbol === end) return grown;
    table[grown - 1] = moveToFront(front, symbol - 1);
    count = grown;
    run = 0;
    weight = 1;
  }
}

function moveToFront(front: Uint8Array, index: number): number {
  const byte = front[index] ?? 0;
  front.copyWithin(1, 0, index);
  front[0] = byte;
  return byte;
}

/** Links each cell to the one that follows; gives the first. */
function chain(table: Uint32Array, count: number, origin: number): number {
  const starts = new Uint32Array(256);
  for (let at = 0; at < count; at += 1) {
    const byte = (table[at] ?? 0) & 0xff;
    starts[byte] = (starts[byte] ?? 0) + 1;
  }
  let sum = 0;
  for (let byte = 0; byte < 256; byte += 1) {
    const own = starts[byte] ?? 0;
    starts[byte] = sum;
    sum += own;
  }
  for (let at = 0; at < count; at += 1) {
    const byte = (table[at] ?? 0) & 0xff;
    const target = starts[byte] ?? 0;
    starts[byte] = target + 1;
    table[target] = (table[target] ?? 0) | (at << 8);
  }
  return (table[origin] ?? 0) >>> 8;
}
