/** The part of the prefilter that looks at every byte: in WebAssembly, or plain with equal results. */
import {
  allWindows,
  COMPARED_BYTES,
  HASHES,
  hashWindow,
  type Literal,
  type LiteralTables,
  PATTERNS,
  RUN_ON_BYTES,
  windowAt,
} from './literal-tables.ts';
import { isUnseen } from './unseen.ts';
import {
  CHUNK_BYTES,
  LAYOUT,
  LITERALS_MAX,
  PADDING_BYTES,
  RECORD,
  RUN_LENGTH,
  SIGN_KIND,
} from './wasm-layout.ts';
import { encodeProgram } from './wasm-program.ts';

/** Looks at chunks of one file, in order. Answers are offsets in the file and hold until the next
 * call. */
export interface Kernel {
  /** Makes `content` from `start` on the chunk; a start of 0 begins a file. */
  load(content: Uint8Array, start: number): void;
  /** Pairs, ascending: where the window of a literal begins, and one more than its number among
   * `allWindows`. It is the first of its hash whose compared bytes stand there and, if it must, run on;
   * others of its hash may stand there too, and bytes behind the end of the text are blanks. */
  narrow(): Uint32Array;
  /** Where windows of literals may begin in UTF-16 of either byte order, at any alignment, ascending. */
  wide(): Uint32Array;
  /** Starts and ends in turn of runs of RUN_LENGTH or more of the alphabet of base64 and base64url
   * that end in this chunk or at the end of the file. */
  runs(): Uint32Array;
  /** Places of `\x`, `\u`, and of `%` before a digit from 2 to 7. */
  escapes(): Uint32Array;
  /** Places where UNSEEN may begin. */
  unseen(): Uint32Array;
  /** How many line feeds the chunk holds. */
  newlines(): number;
}

export { CHUNK_BYTES };

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_');

/** Which bytes the alphabet of `runs` holds, as 1. */
export const IN_ALPHABET: Uint8Array = new Uint8Array(256);
for (const byte of ALPHABET) IN_ALPHABET[byte] = 1;

/** Whether what begins at `at` is such a run, as a literal that `runsOn` wants it. */
export function isRunOn(content: Uint8Array, at: number): boolean {
  for (let end = at; end < at + RUN_ON_BYTES; end += 1) {
    const byte = content[end] ?? 0;
    if (IN_ALPHABET[byte] !== 1) return byte === 0x5c;
  }
  return true;
}

const NO_PLACES = new Uint32Array();

/** What stands for bytes before and behind the file: it ends runs, and is no NUL of UTF-16. */
const OUTSIDE = 0x20;

/** The kernel in WebAssembly; undefined where that, or its SIMD, is not there. */
export function createWasmKernel(tables: LiteralTables): Kernel | undefined {
  const program = tables.literals.length > LITERALS_MAX ? undefined : instantiate();
  if (program === undefined) return undefined;
  const { buffer } = program.memory;
  const memory = new Uint8Array(buffer);
  memory.set(tables.table, LAYOUT.table);
  memory.set(tables.bitmap, LAYOUT.bitmap);
  memory.set(kindNibbles(), LAYOUT.kinds);
  memory.set(PATTERNS, LAYOUT.patterns);
  const records = recordsOf(tables);
  new Uint16Array(buffer, LAYOUT.heads).set(records.heads);
  memory.set(records.bytes, LAYOUT.records);
  const openRun = new Int32Array(buffer, LAYOUT.openRun, 1);
  const told = new Uint32Array(buffer, LAYOUT.hasNul, 5);
  let start = 0;
  let length = 0;
  let found = 0;
  let isLast = true;
  const output = (address: number, count: number, step = 1): Uint32Array => {
    // of most kinds most files have none
    if (count === 0) return NO_PLACES;
    const places = new Uint32Array(buffer, address, count);
    if (start > 0) for (let at = 0; at < count; at += step) places[at] = (places[at] ?? 0) + start;
    return places;
  };
  return {
    load(content, from) {
      openRun[0] = from === 0 ? 0 : (openRun[0] ?? 0) - (from - start);
      start = from;
      length = Math.min(CHUNK_BYTES, content.length - start);
      isLast = start + length === content.length;
      const begin = Math.max(0, start - PADDING_BYTES);
      const end = Math.min(start + length + PADDING_BYTES, content.length);
      const origin = LAYOUT.input - start;
      memory.set(
        begin === 0 && end === content.length ? content : content.subarray(begin, end),
        origin + begin,
      );
      if (begin === 0) memory.fill(OUTSIDE, LAYOUT.input - PADDING_BYTES, origin);
      memory.fill(OUTSIDE, origin + end, LAYOUT.input + length + PADDING_BYTES);
      program.places(length);
      found = program.literals(length);
    },
    narrow: () => output(LAYOUT.keywords, found, 2),
    wide: () => output(LAYOUT.keywords, told[0] === 0 ? 0 : program.wide(length)),
    escapes: () => output(LAYOUT.escapes, told[2] ?? 0),
    unseen: () => output(LAYOUT.unseen, told[4] ?? 0),
    newlines: () => told[3] ?? 0,
    runs() {
      const places = output(LAYOUT.runs, told[1] ?? 0);
      const open = openRun[0] ?? 0;
      if (!isLast || length - open < RUN_LENGTH) return places;
      return Uint32Array.of(...places, start + open, start + length);
    },
  };
}

/** What `scan` compares with, in lists by the hash of their windows. */
interface Records {
  readonly heads: Uint16Array;
  readonly bytes: Uint8Array;
}

/** Made once for each tables: texts inside of texts have kernels of their own. */
const RECORDS = new WeakMap<LiteralTables, Records>();

function recordsOf(tables: LiteralTables): Records {
  const known = RECORDS.get(tables);
  if (known !== undefined) return known;
  const made = makeRecords(tables);
  RECORDS.set(tables, made);
  return made;
}

function makeRecords(tables: LiteralTables): Records {
  const { literals } = tables;
  const all = allWindows(tables);
  const heads = new Uint16Array(2 ** HASHES.bitmap.bits);
  const bytes = new Uint8Array(RECORD.bytes * (all.length + 1));
  const integers = new Uint32Array(bytes.buffer);
  // from the last on, so that each list begins with its first
  for (let number = all.length; number > 0; number -= 1) {
    const { literal = -1, start = 0, from = 0 } = all[number - 1] ?? {};
    const { text = '', ignoreCase = false, runsOn = false } = literals[literal] ?? {};
    const hash = hashWindow(windowAt(text, start), 'bitmap');
    const record = number * RECORD.bytes;
    const length = Math.min(COMPARED_BYTES, text.length - from);
    for (let at = 0; at < length; at += 1) {
      const byte = text.charCodeAt(from + at);
      const isLetter = ignoreCase && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
      // a small letter, and the bit that its capital has not
      bytes[record + RECORD.text + at] = isLetter ? byte | 0x20 : byte;
      if (isLetter) bytes[record + RECORD.ignored + at] = 0x20;
    }
    integers[(record + RECORD.next) / 4] = heads[hash] ?? 0;
    integers[(record + RECORD.before) / 4] = start - from;
    integers[(record + RECORD.present) / 4] = 2 ** length - 1;
    integers[(record + RECORD.runOn) / 4] = runsOn ? text.length - start : 0;
    heads[hash] = number;
  }
  return { heads, bytes };
}

function stands(content: Uint8Array, offset: number, literal: Literal): boolean {
  const { text, ignoreCase, runsOn } = literal;
  if (offset < 0 || offset + text.length > content.length) return false;
  const found = String.fromCharCode(...content.subarray(offset, offset + text.length));
  const isEqual = ignoreCase ? found.toLowerCase() === text.toLowerCase() : found === text;
  return isEqual && (runsOn !== true || isRunOn(content, offset + text.length));
}

/** The kernel without WebAssembly: slower, the same answers. */
export function createPlainKernel(tables: LiteralTables): Kernel {
  const { bitmap, windows, literals } = tables;
  const numbers = new Map(allWindows(tables).map((window, at) => [window, at + 1]));
  let bytes: Uint8Array = new Uint8Array();
  let start = 0;
  let end = 0;
  let openRun = 0;
  const isKnown = (word: number) => {
    const hash = hashWindow(word, 'bitmap');
    return (((bitmap[hash >> 3] ?? 0) >> (hash & 7)) & 1) === 1;
  };
  const numberAt = (at: number): number | undefined => {
    const word = wordAt(at, 1);
    const window = isKnown(word)
      ? windows.get(hashWindow(word, 'bitmap'))?.find((one) => {
          const literal = literals[one.literal];
          return literal !== undefined && stands(bytes, at - one.start, literal);
        })
      : undefined;
    return window && numbers.get(window);
  };
  const byteAt = (at: number) => bytes[at] ?? 0;
  const placesOf = (isPlace: (at: number) => boolean): Uint32Array => {
    const places: number[] = [];
    for (let at = start; at < end; at += 1) if (isPlace(at)) places.push(at);
    return Uint32Array.from(places);
  };
  const wordAt = (at: number, width: number) =>
    byteAt(at) |
    (byteAt(at + width) << 8) |
    (byteAt(at + 2 * width) << 16) |
    (byteAt(at + 3 * width) << 24);
  return {
    load(content, from) {
      bytes = content;
      start = from;
      end = Math.min(start + CHUNK_BYTES, content.length);
      if (from === 0) openRun = 0;
    },
    narrow() {
      const pairs: number[] = [];
      for (let at = start; at < end; at += 1) {
        const number = numberAt(at);
        if (number !== undefined) pairs.push(at, number);
      }
      return Uint32Array.from(pairs);
    },
    wide: () =>
      placesOf(
        (at) =>
          byteAt(at + 1) === 0 &&
          byteAt(at + 3) === 0 &&
          byteAt(at + 5) === 0 &&
          isKnown(wordAt(at, 2)),
      ),
    unseen: () => placesOf((at) => isUnseen(bytes, at)),
    newlines: () => placesOf((at) => byteAt(at) === 0x0a).length,
    escapes: () =>
      placesOf((at) => {
        const [first, next] = [byteAt(at), byteAt(at + 1)];
        if (first === 0x25) return next >= 0x32 && next <= 0x37;
        return first === 0x5c && (next === 0x75 || next === 0x78);
      }),
    runs() {
      const found: number[] = [];
      for (let at = start; at < end; at += 1) {
        if (IN_ALPHABET[byteAt(at)] === 1) continue;
        if (at - openRun >= RUN_LENGTH) found.push(openRun, at);
        openRun = at + 1;
      }
      if (end === bytes.length && end - openRun >= RUN_LENGTH) found.push(openRun, end);
      return Uint32Array.from(found);
    },
  };
}

/** What the program exports; see wasm-program.ts. */
interface Program {
  readonly memory: { readonly buffer: ArrayBuffer };
  places(length: number): number;
  literals(length: number): number;
  wide(length: number): number;
}

/** The part of the global that is used; the types of Node have none of it. */
declare const WebAssembly:
  | {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object) => { readonly exports: unknown };
    }
  | undefined;

let compiled: object | null | undefined;

/** Undefined when the runtime has no WebAssembly or refuses the program: nothing else can fail. */
function instantiate(): Program | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(encodeProgram());
    } catch {
      compiled = null;
    }
  }
  return compiled === null ? undefined : (new WebAssembly.Instance(compiled).exports as Program);
}

/**
 * Tables by lower and by upper nibble, which have one bit in common for what has a kind: for the
 * alphabet one below SIGN_KIND for each of its six upper nibbles, SIGN_KIND for a backslash, twice that
 * for `%`.
 */
function kindNibbles(): Uint8Array {
  const tables = new Uint8Array(32);
  const add = (byte: number, bit: number) => {
    for (const at of [byte & 15, 16 + (byte >> 4)]) tables[at] = (tables[at] ?? 0) | bit;
  };
  const highs = [...new Set([...ALPHABET].map((byte) => byte >> 4))];
  for (const byte of ALPHABET) add(byte, 1 << highs.indexOf(byte >> 4));
  add(0x5c, SIGN_KIND);
  add(0x25, 2 * SIGN_KIND);
  return tables;
}
