/**
 * The prefilter as a WebAssembly program. It looks at one chunk at a time, which lies in its memory
 * with PADDING_BYTES of what follows (zeroes at the end of the file), and writes places into OUTPUT.
 */
import { HASHES, PATTERN_BITS } from './literal-tables.ts';
import { UNSEEN } from './unseen.ts';
import {
  type Code,
  constant,
  encodeModule,
  get,
  i32,
  set,
  v128,
  type WasmFunction,
  when,
  whileTrue,
} from './wasm-assembler.ts';

/** Bytes of a chunk; a multiple of 16. Small enough to stay near the processor. */
export const CHUNK_BYTES = 64 * 1024;
/** Bytes before and behind the chunk that are looked at too. */
export const PADDING_BYTES = 64;

/** Shortest run of the alphabet that is written out. */
export const RUN_LENGTH = 24;

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

const PAGES = Math.ceil((LAYOUT.unseen + 4 * CHUNK_BYTES) / 65536);

// locals of every function: the parameter and these integers, then vectors
const [LENGTH, AT, MASK, PLACE, OUT, WORD, START, RUNS_OUT, ESCAPES_OUT] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
];
const [RECORD_AT, NEWLINES, OTHERS, UNSEEN_OUT, SIGNS] = [9, 10, 11, 12, 13];
const INTEGERS = 13;
const vectorAt = (number: number): number => INTEGERS + 1 + number;
const splat = (byte: number): Code => v128.splat(constant(byte));
/** Vectors that each round uses: else they would be made each time. */
const KEPT = {
  fold: vectorAt(8),
  factor: vectorAt(9),
  second: vectorAt(10),
  nibble: vectorAt(11),
  newline: vectorAt(12),
  sixteen: vectorAt(13),
  /** A local is zero before it is set. */
  zero: vectorAt(14),
};
const VECTORS = 15;
const input = (offset = 0): Code => v128.load(get(AT), LAYOUT.input + offset);

/** Writes an integer behind what `out` counts in bytes. */
const emit = (value: Code, out: number, address: number): Code => [
  ...i32.store(get(out), value, address),
  ...set(out, i32.add(get(out), constant(4))),
];

/** What to do when the window at PLACE, which `word` reads, is in the bitmap. */
function whenKnown(word: Code, body: Code): Code {
  const { factor, bits } = HASHES.bitmap;
  const folded = i32.or(word, constant(0x20202020));
  const byte = i32.load8(i32.shr(get(WORD), constant(3)), LAYOUT.bitmap);
  const isKnown = i32.and(
    i32.shr(byte, i32.and(get(WORD), constant(7))),
    i32.lessThan(get(PLACE), get(LENGTH)),
  );
  return [
    ...set(WORD, i32.shr(i32.mul(folded, constant(factor)), constant(32 - bits))),
    ...when(isKnown, body),
  ];
}

/** Writes PLACE out, and the first record of the hash WORD whose bytes stand around it. */
function emitCompared(): Code {
  const field = (offset: number) => i32.load(get(RECORD_AT), LAYOUT.records + offset);
  // an address below zero would wrap before the offset of a load is added
  const place = i32.add(get(PLACE), constant(LAYOUT.input));
  const here = v128.load(i32.sub(place, field(RECORD.before)));
  const folded = v128.or(here, v128.load(get(RECORD_AT), LAYOUT.records + RECORD.ignored));
  const equal = v128.equal(folded, v128.load(get(RECORD_AT), LAYOUT.records + RECORD.text));
  const missing = i32.and(i32.xor(v128.bitmask(equal), constant(0xffff)), field(RECORD.present));
  const head = i32.load16(i32.shl(get(WORD), constant(1)), LAYOUT.heads);
  const scale = (number: Code) => i32.shl(number, constant(Math.log2(RECORD.bytes)));
  return [
    ...set(RECORD_AT, scale(head)),
    ...whileTrue(
      get(RECORD_AT),
      set(WORD, missing),
      when(
        i32.and(i32.eq(get(WORD), constant(0)), i32.notEqual(field(RECORD.runOn), constant(0))),
        findRunEnd(i32.add(place, field(RECORD.runOn))),
      ),
      when(
        i32.eq(get(WORD), constant(0)),
        emit(get(PLACE), OUT, LAYOUT.keywords),
        emit(i32.shr(get(RECORD_AT), constant(Math.log2(RECORD.bytes))), OUT, LAYOUT.keywords),
        set(RECORD_AT, constant(0)),
      ),
      when(get(WORD), set(RECORD_AT, scale(field(RECORD.next)))),
    ),
  ];
}

/** Leaves in WORD whether another byte than a backslash ends the run of the alphabet at `address`
 * before its sixteenth. */
function findRunEnd(address: Code): Code {
  const kinds = vectorAt(2);
  const last = i32.load8(i32.add(address, i32.ctz(get(OTHERS))));
  return [
    ...set(kinds, kindsOf(v128.load(address))),
    ...set(OTHERS, i32.xor(i32.xor(anyKind(get(kinds)), signs(get(kinds))), constant(0xffff))),
    ...when(get(OTHERS), set(WORD, i32.notEqual(last, constant(0x5c)))),
  ];
}

/** For each of 16 bytes a bit of its kind, as `kindNibbles` says; zero for most. */
function kindsOf(bytes: Code): Code {
  const high = v128.and(v128.shiftRight16(bytes, constant(4)), get(KEPT.nibble));
  return v128.and(
    v128.relaxedSwizzle(v128.load(constant(LAYOUT.kinds)), v128.and(bytes, get(KEPT.nibble))),
    v128.relaxedSwizzle(v128.load(constant(LAYOUT.kinds + 16)), high),
  );
}

/** A bit for each of 16 bytes that has a kind, and for each that is `\\` or `%`. */
const anyKind = (kinds: Code): Code => v128.bitmask(v128.add(kinds, splat(0x7f)));
const signs = (kinds: Code): Code => v128.bitmask(v128.add(kinds, splat(0x40)));

const step = (bytes: number): Code => set(AT, i32.add(get(AT), constant(bytes)));
/** The number of integers that were written. */
const count: Code = i32.shr(get(OUT), constant(2));

/** For each bit of MASK, of which the lowest is the first of 16 bytes: `body` at PLACE. */
const eachPlace = (body: Code): Code =>
  whileTrue(
    get(MASK),
    set(PLACE, i32.add(get(AT), i32.ctz(get(MASK)))),
    set(MASK, i32.and(get(MASK), i32.sub(get(MASK), constant(1)))),
    body,
  );

/**
 * places(length): places of runs, of escapes and of unseen characters. Their counts, how many line feeds
 * there are and whether there is a NUL lie in memory afterwards. Apart from `literals`, since together
 * they would need more registers than there are.
 */
function places(): WasmFunction {
  const [bytes, least, kinds] = [0, 1, 2].map(vectorAt) as [number, number, number];
  return {
    name: 'places',
    vectors: VECTORS,
    body: [
      ...set(START, i32.load(constant(LAYOUT.openRun))),
      ...set(least, splat(0xff)),
      ...set(KEPT.nibble, splat(15)),
      ...set(KEPT.newline, splat(0x0a)),
      ...whileTrue(
        i32.lessThan(get(AT), get(LENGTH)),
        set(bytes, input()),
        set(least, v128.least(get(least), get(bytes))),
        set(
          NEWLINES,
          i32.add(
            get(NEWLINES),
            i32.popcnt(v128.bitmask(v128.equal(get(bytes), get(KEPT.newline)))),
          ),
        ),
        set(kinds, kindsOf(get(bytes))),
        set(SIGNS, signs(get(kinds))),
        findRuns(get(kinds)),
        findEscapes(get(bytes)),
        findUnseen(get(bytes)),
        step(16),
      ),
      ...set(least, v128.equal(v128.least(get(least), input()), get(KEPT.zero))),
      ...i32.store(constant(LAYOUT.hasNul), v128.anyTrue(get(least))),
      ...i32.store(constant(LAYOUT.openRun), get(START)),
      ...i32.store(constant(LAYOUT.newlines), get(NEWLINES)),
      ...i32.store(constant(LAYOUT.runCount), i32.shr(get(RUNS_OUT), constant(2))),
      ...i32.store(constant(LAYOUT.escapeCount), i32.shr(get(ESCAPES_OUT), constant(2))),
      ...i32.store(constant(LAYOUT.unseenCount), i32.shr(get(UNSEEN_OUT), constant(2))),
      ...count,
    ],
  };
}

/** literals(length): places of literals. Returns how many integers were written. */
function literals(): WasmFunction {
  const bytes = vectorAt(0);
  return {
    name: 'literals',
    vectors: VECTORS,
    body: [
      ...set(KEPT.fold, splat(0x20)),
      ...set(KEPT.factor, v128.splat16(constant(HASHES.table.factors[0]))),
      ...set(KEPT.second, v128.splat16(constant(HASHES.table.factors[1]))),
      ...set(KEPT.nibble, splat(15)),
      ...set(KEPT.sixteen, splat(16)),
      ...whileTrue(
        i32.lessThan(get(AT), get(LENGTH)),
        set(bytes, input()),
        findLiterals(get(bytes)),
        step(16),
      ),
      ...i32.store(i32.shr(get(AT), constant(3)), constant(0), LAYOUT.masks),
      ...set(AT, constant(0)),
      ...whileTrue(
        i32.lessThan(get(AT), get(LENGTH)),
        set(MASK, i32.load(i32.shr(get(AT), constant(3)), LAYOUT.masks)),
        eachPlace(whenKnown(i32.load(get(PLACE), LAYOUT.input), emitCompared())),
        step(32),
      ),
      ...count,
    ],
  };
}

/**
 * Windows of literals in the 16 bytes at AT, as bits among the masks. Of those at even and at odd places
 * eight are hashed at once, as `hashWindow` does it. The bytes of the table are gathered into one
 * vector, and the patterns that are asked for into another.
 */
function findLiterals(bytes: Code): Code {
  const [even, odd, evenNumber, oddNumber] = [2, 3, 4, 5].map(vectorAt) as [
    number,
    number,
    number,
    number,
  ];
  const [low, high, found] = [vectorAt(6), vectorAt(7), vectorAt(1)];
  const folded = (offset: number) => v128.or(offset === 0 ? bytes : input(offset), get(KEPT.fold));
  const hash = (offset: number, sum: number, number: number): Code => [
    ...set(low, v128.multiply16(folded(offset), get(KEPT.factor))),
    ...set(high, v128.multiply16(folded(offset + 2), get(KEPT.second))),
    ...set(sum, v128.shiftRight16(v128.add16(get(low), get(high)), constant(1))),
    ...set(number, v128.shiftRight16(v128.sub16(get(low), get(high)), constant(16 - PATTERN_BITS))),
  ];
  // a chain of sixteen steps would be as long as all the rest
  const lookUp = [0, 1].map((half) =>
    [0, 1, 2, 3, 4, 5, 6, 7].reduce<Code>((gathered, one) => {
      const at = 8 * half + one;
      const address = i32.load16(constant(0), LAYOUT.hashes + 16 * (at % 2) + 2 * (at >> 1));
      return v128.load8Lane(address, gathered, at, LAYOUT.table);
    }, get(KEPT.zero)),
  );
  const wanted = low;
  return [
    ...hash(0, even, evenNumber),
    ...hash(1, odd, oddNumber),
    ...v128.store(constant(0), get(even), LAYOUT.hashes),
    ...v128.store(constant(0), get(odd), LAYOUT.hashes + 16),
    ...set(wanted, v128.or(get(evenNumber), v128.shiftLeft16(get(oddNumber), constant(8)))),
    ...set(
      found,
      lookUp.reduce((left, right) => v128.or(left, right)),
    ),
    // a swizzle gives zero where the number is not among its sixteen
    ...set(
      wanted,
      v128.or(
        v128.swizzle(v128.load(constant(LAYOUT.patterns)), get(wanted)),
        v128.swizzle(
          v128.load(constant(LAYOUT.patterns + 16)),
          v128.sub(get(wanted), get(KEPT.sixteen)),
        ),
      ),
    ),
    ...i32.store16(
      i32.shr(get(AT), constant(3)),
      v128.bitmask(v128.equal(v128.and(get(found), get(wanted)), get(wanted))),
      LAYOUT.masks,
    ),
  ];
}

/**
 * Starts and ends of runs of at least RUN_LENGTH bytes of the alphabet that end in the 16 bytes at
 * AT. START, and `openRun` between chunks, is where the run that is open began, from the chunk on.
 */
function findRuns(kinds: Code): Code {
  const others = i32.xor(get(MASK), constant(0xffff));
  const openAbove = i32.clz(i32.xor(i32.shl(get(MASK), constant(16)), constant(-1)));
  return [
    ...set(MASK, i32.xor(anyKind(kinds), get(SIGNS))),
    ...when(
      i32.notEqual(get(MASK), constant(0xffff)),
      set(PLACE, i32.add(get(AT), i32.ctz(others))),
      when(
        i32.lessThan(constant(RUN_LENGTH - 1), i32.sub(get(PLACE), get(START))),
        emit(get(START), RUNS_OUT, LAYOUT.runs),
        emit(get(PLACE), RUNS_OUT, LAYOUT.runs),
      ),
      set(START, i32.sub(i32.add(get(AT), constant(16)), openAbove)),
    ),
  ];
}

/** Places of `\\x`, `\\u`, and of `%` before a digit from 2 to 7, in the 16 bytes at AT. */
function findEscapes(bytes: Code): Code {
  const is = (of: Code, character: string) => v128.equal(of, splat(character.charCodeAt(0)));
  const backslash = is(bytes, '\\');
  const escaped = v128.and(backslash, v128.or(is(input(1), 'x'), is(input(1), 'u')));
  const digit = v128.lessThan(v128.sub(input(1), splat(0x32)), splat(6));
  const percent = is(bytes, '%');
  return when(
    get(SIGNS),
    set(MASK, v128.bitmask(v128.or(escaped, v128.and(percent, digit)))),
    eachPlace(
      when(i32.lessThan(get(PLACE), get(LENGTH)), emit(get(PLACE), ESCAPES_OUT, LAYOUT.escapes)),
    ),
  );
}

/**
 * Places where UNSEEN may begin in the 16 bytes at AT. Of most no byte is above 0x7f, which is all that
 * is looked at.
 */
function findUnseen(bytes: Code): Code {
  const one = (of: Code, byte: number) => v128.equal(of, splat(byte));
  const among = ([from, to]: readonly [number, number], of: Code) =>
    v128.lessThan(v128.sub(of, splat(from)), splat(to - from + 1));
  const any = (tests: readonly Code[]) => tests.reduce((left, right) => v128.or(left, right));
  const begins = UNSEEN.map(({ lead, next, thirds }) => {
    const begin = v128.and(one(bytes, lead), one(input(1), next));
    return thirds === undefined
      ? begin
      : v128.and(begin, any(thirds.map((range) => among(range, input(2)))));
  });
  return when(
    v128.bitmask(bytes),
    set(MASK, v128.bitmask(any(begins))),
    eachPlace(
      when(i32.lessThan(get(PLACE), get(LENGTH)), emit(get(PLACE), UNSEEN_OUT, LAYOUT.unseen)),
    ),
  );
}

/** wide(length): starts of windows of literals in UTF-16 of either byte order: a NUL follows each
 * of the first three bytes, and none of the four is NUL. */
function wide(): WasmFunction {
  const gaps = vectorAt(0);
  const both = (test: (operand: Code) => Code, offsets: readonly number[]): Code =>
    offsets.map((offset) => test(input(offset))).reduce((left, right) => v128.and(left, right));
  const isNul = (bytes: Code) => v128.equal(bytes, splat(0));
  const isNone = (bytes: Code) => v128.notEqual(bytes, splat(0));
  const byte = (place: number) => i32.load8(get(PLACE), LAYOUT.input + 2 * place);
  const word = [1, 2, 3].reduce<Code>(
    (all, place) => i32.or(all, i32.shl(byte(place), constant(8 * place))),
    byte(0),
  );
  return {
    name: 'wide',
    vectors: 1,
    body: [
      ...whileTrue(
        i32.lessThan(get(AT), get(LENGTH)),
        set(gaps, both(isNul, [1, 3, 5])),
        when(
          v128.anyTrue(get(gaps)),
          set(MASK, v128.bitmask(v128.and(get(gaps), both(isNone, [0, 2, 4, 6])))),
          eachPlace(whenKnown(word, emit(get(PLACE), OUT, LAYOUT.keywords))),
        ),
        step(16),
      ),
      ...count,
    ],
  };
}

/** The module: `memory`, and the functions of this file. */
export function encodeProgram(): Uint8Array {
  return encodeModule([places(), literals(), wide()], INTEGERS, PAGES);
}
