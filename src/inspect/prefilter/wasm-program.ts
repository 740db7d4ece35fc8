/**
 * The prefilter as a WebAssembly program. It looks at one chunk at a time, which lies in its memory
 * with PADDING_BYTES of what follows (zeroes at the end of the file), and writes places into OUTPUT.
 */
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

/** Bytes of a chunk; a multiple of 16. */
export const CHUNK_BYTES = 256 * 1024;
/** Bytes behind the chunk that are looked at too. */
export const PADDING_BYTES = 32;

/** Shortest run of the alphabet that is written out. */
export const RUN_LENGTH = 24;

/** Addresses in the memory of the program. */
export const LAYOUT = {
  nibbles: 0,
  alphabet: 0x200,
  openRun: 0x300,
  bitmap: 0x1000,
  input: 0x4000,
  output: 0x5000 + CHUNK_BYTES,
} as const;

const OUTPUT_BYTES = 4 * CHUNK_BYTES;
const PAGES = Math.ceil((LAYOUT.output + OUTPUT_BYTES) / 65536);
const GROUPS = 2;

// locals of every function: the parameter and these integers, then vectors
const [LENGTH, AT, MASK, PLACE, OUT, WORD, START] = [0, 1, 2, 3, 4, 5, 6];
const INTEGERS = 6;
const vectorAt = (number: number): number => INTEGERS + 1 + number;
const splat = (byte: number): Code => v128.splat(constant(byte));
const input = (offset = 0): Code => v128.load(get(AT), LAYOUT.input + offset);

/** Buckets (one group of 8) that have the byte, given by its nibbles, at a place of their window. */
function bucketsAt(group: number, place: number, low: Code, high: Code): Code {
  const table = LAYOUT.nibbles + (group * 4 + place) * 32;
  return v128.and(
    v128.swizzle(v128.load(constant(table)), low),
    v128.swizzle(v128.load(constant(table + 16)), high),
  );
}

const emit = (value: Code): Code => [
  ...i32.store(get(OUT), value, LAYOUT.output),
  ...set(OUT, i32.add(get(OUT), constant(4))),
];

/** For each bit of MASK: PLACE, the byte it stands for less `back`, is written out when the window
 * there, which `word` reads, is in the bitmap. */
function keepKnown(back: number, word: Code): Code {
  const hash = i32.shr(
    i32.mul(i32.or(get(WORD), constant(0x20202020)), constant(0x9e3779b1)),
    constant(16),
  );
  return whileTrue(
    get(MASK),
    set(PLACE, i32.sub(i32.add(get(AT), i32.ctz(get(MASK))), constant(back))),
    set(MASK, i32.and(get(MASK), i32.sub(get(MASK), constant(1)))),
    set(WORD, word),
    set(WORD, hash),
    when(
      i32.and(
        i32.shr(
          i32.load8(i32.shr(get(WORD), constant(3)), LAYOUT.bitmap),
          i32.and(get(WORD), constant(7)),
        ),
        i32.lessThan(get(PLACE), get(LENGTH)),
      ),
      emit(get(PLACE)),
    ),
  );
}

const step = (bytes: number): Code => set(AT, i32.add(get(AT), constant(bytes)));
/** The number of integers that were written. */
const count: Code = i32.shr(get(OUT), constant(2));

/** Lanes of two vectors in a row, `count` before the second. */
const lagging = (lanes: number): readonly number[] =>
  Array.from({ length: 16 }, (_, at) => 16 - lanes + at);

/** narrow(length): starts of windows of literals. */
function narrow(): WasmFunction {
  const [low, high, found] = [vectorAt(0), vectorAt(1), vectorAt(2)];
  const seen = (group: number, place: number) => vectorAt(3 + group * 4 + place);
  const next = (place: number) => vectorAt(11 + place);
  // a candidate is known at the last byte of its window: its other bytes lie before
  const ofGroup = (group: number): Code => [
    ...[0, 1, 2].flatMap((place) => set(next(place), bucketsAt(group, place, get(low), get(high)))),
    ...set(
      next(3),
      [0, 1, 2].reduce<Code>(
        (all, place) =>
          v128.and(
            all,
            v128.shuffle(get(seen(group, place)), get(next(place)), lagging(3 - place)),
          ),
        bucketsAt(group, 3, get(low), get(high)),
      ),
    ),
    ...[0, 1, 2].flatMap((place) => set(seen(group, place), get(next(place)))),
    ...set(found, group === 0 ? get(next(3)) : v128.or(get(found), get(next(3)))),
  ];
  return {
    name: 'narrow',
    vectors: 15,
    body: [
      ...whileTrue(
        i32.lessThan(get(AT), i32.add(get(LENGTH), constant(3))),
        set(low, v128.and(input(), splat(15))),
        set(high, v128.shiftRight(input(), constant(4))),
        ...Array.from({ length: GROUPS }, (_, group) => ofGroup(group)),
        when(
          v128.anyTrue(get(found)),
          set(MASK, v128.bitmask(v128.notEqual(get(found), splat(0)))),
          keepKnown(3, i32.load(get(PLACE), LAYOUT.input)),
        ),
        step(16),
      ),
      ...count,
    ],
  };
}

/** wide(length): starts of windows of literals in UTF-16 of either byte order: a NUL follows each
 * of the first three bytes. */
function wide(): WasmFunction {
  const [low, high, gaps, found, one] = [0, 1, 2, 3, 4].map(vectorAt) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const places = [0, 1, 2, 3].flatMap((place) => [
    ...set(low, v128.and(input(2 * place), splat(15))),
    ...set(high, v128.shiftRight(input(2 * place), constant(4))),
    ...Array.from({ length: GROUPS }, (_, group) => {
      const into = group === 0 ? found : one;
      const buckets = bucketsAt(group, place, get(low), get(high));
      return set(into, place === 0 ? buckets : v128.and(get(into), buckets));
    }).flat(),
  ]);
  const byte = (place: number) => i32.load8(get(PLACE), LAYOUT.input + 2 * place);
  const word = [1, 2, 3].reduce<Code>(
    (all, place) => i32.or(all, i32.shl(byte(place), constant(8 * place))),
    byte(0),
  );
  return {
    name: 'wide',
    vectors: 5,
    body: [
      ...whileTrue(
        i32.lessThan(get(AT), get(LENGTH)),
        set(gaps, v128.equal(v128.or(input(1), v128.or(input(3), input(5))), splat(0))),
        when(
          v128.anyTrue(get(gaps)),
          places,
          set(
            MASK,
            v128.bitmask(
              v128.and(get(gaps), v128.notEqual(v128.or(get(found), get(one)), splat(0))),
            ),
          ),
          keepKnown(0, word),
        ),
        step(16),
      ),
      ...count,
    ],
  };
}

/**
 * runs(length): starts and ends of runs of at least RUN_LENGTH bytes of the alphabet that end in
 * the chunk. `openRun` holds, before and after, where the run that is open began, from the chunk on.
 */
function runs(): WasmFunction {
  const classes = v128.and(
    v128.swizzle(v128.load(constant(LAYOUT.alphabet)), v128.and(input(), splat(15))),
    v128.swizzle(v128.load(constant(LAYOUT.alphabet + 16)), v128.shiftRight(input(), constant(4))),
  );
  const others = i32.xor(get(MASK), constant(0xffff));
  const openAbove = i32.clz(i32.xor(i32.shl(get(MASK), constant(16)), constant(-1)));
  return {
    name: 'runs',
    vectors: 0,
    body: [
      ...set(START, i32.load(constant(LAYOUT.openRun))),
      ...whileTrue(
        i32.lessThan(get(AT), get(LENGTH)),
        set(MASK, v128.bitmask(v128.notEqual(classes, splat(0)))),
        when(
          i32.notEqual(get(MASK), constant(0xffff)),
          set(PLACE, i32.add(get(AT), i32.ctz(others))),
          when(
            i32.lessThan(constant(RUN_LENGTH - 1), i32.sub(get(PLACE), get(START))),
            emit(get(START)),
            emit(get(PLACE)),
          ),
          set(START, i32.sub(i32.add(get(AT), constant(16)), openAbove)),
        ),
        step(16),
      ),
      ...i32.store(constant(LAYOUT.openRun), get(START)),
      ...count,
    ],
  };
}

/** escapes(length): places of `\\x`, `\\u`, and of `%` before a digit from 2 to 7. */
function escapes(): WasmFunction {
  const is = (offset: number, character: string) =>
    v128.equal(input(offset), splat(character.charCodeAt(0)));
  const backslash = v128.and(is(0, '\\'), v128.or(is(1, 'x'), is(1, 'u')));
  const percent = v128.and(is(0, '%'), v128.lessThan(v128.sub(input(1), splat(0x32)), splat(6)));
  const either = vectorAt(0);
  return {
    name: 'escapes',
    vectors: 1,
    body: [
      ...whileTrue(
        i32.lessThan(get(AT), get(LENGTH)),
        set(either, v128.or(backslash, percent)),
        when(
          v128.anyTrue(get(either)),
          set(MASK, v128.bitmask(get(either))),
          whileTrue(
            get(MASK),
            set(PLACE, i32.add(get(AT), i32.ctz(get(MASK)))),
            set(MASK, i32.and(get(MASK), i32.sub(get(MASK), constant(1)))),
            when(i32.lessThan(get(PLACE), get(LENGTH)), emit(get(PLACE))),
          ),
        ),
        step(16),
      ),
      ...count,
    ],
  };
}

/** The module: `memory`, and the functions of this file. */
export function encodeProgram(): Uint8Array {
  return encodeModule([narrow(), wide(), runs(), escapes()], INTEGERS, PAGES);
}
