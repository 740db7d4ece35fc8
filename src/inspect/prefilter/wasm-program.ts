/**
 * The prefilter as a WebAssembly program. It looks at one chunk at a time, which lies in its memory
 * with PADDING_BYTES of what follows (zeroes at the end of the file), and writes places into OUTPUT.
 */
import { HASHES } from './literal-tables.ts';
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
  alphabet: 0,
  openRun: 0x80,
  bitmap: 0x1000,
  table: 0x4000,
  input: 0xc000,
  output: 0xd000 + CHUNK_BYTES,
} as const;

const OUTPUT_BYTES = 4 * CHUNK_BYTES;
const PAGES = Math.ceil((LAYOUT.output + OUTPUT_BYTES) / 65536);

// locals of every function: the parameter and these integers, then vectors
const [LENGTH, AT, MASK, PLACE, OUT, WORD, START] = [0, 1, 2, 3, 4, 5, 6];
const INTEGERS = 6;
const vectorAt = (number: number): number => INTEGERS + 1 + number;
const splat = (byte: number): Code => v128.splat(constant(byte));
const input = (offset = 0): Code => v128.load(get(AT), LAYOUT.input + offset);

const emit = (value: Code): Code => [
  ...i32.store(get(OUT), value, LAYOUT.output),
  ...set(OUT, i32.add(get(OUT), constant(4))),
];

/** Writes PLACE out when the window there, which `word` reads, is in the bitmap. */
function emitKnown(word: Code): Code {
  const { factor, bits } = HASHES.bitmap;
  const folded = i32.or(word, constant(0x20202020));
  const byte = i32.load8(i32.shr(get(WORD), constant(3)), LAYOUT.bitmap);
  const isKnown = i32.and(
    i32.shr(byte, i32.and(get(WORD), constant(7))),
    i32.lessThan(get(PLACE), get(LENGTH)),
  );
  return [
    ...set(WORD, i32.shr(i32.mul(folded, constant(factor)), constant(32 - bits))),
    ...when(isKnown, emit(get(PLACE))),
  ];
}

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

/** narrow(length): starts of windows of literals. Four words are hashed at once, and what the table
 * says is shifted into MASK: the last byte of 16 first, so that the first ends up lowest. */
function narrow(): WasmFunction {
  const { factor, bits } = HASHES.table;
  const hashes = [0, 1, 2, 3].map(vectorAt);
  const hashFrom = (offset: number): Code =>
    v128.shiftRight32(
      v128.multiply32(v128.or(input(offset), splat(0x20)), v128.splat32(constant(factor))),
      constant(32 - bits),
    );
  const lookUp = Array.from({ length: 16 }, (_, back) => 15 - back).map((at) => {
    const hash = v128.extract32(get(hashes[at % 4] ?? 0), at >> 2);
    const known = i32.load8(hash, LAYOUT.table);
    return at === 15 ? known : i32.add(i32.shl(get(MASK), constant(1)), known);
  });
  return {
    name: 'narrow',
    vectors: 4,
    body: [
      ...whileTrue(
        i32.lessThan(get(AT), get(LENGTH)),
        ...hashes.map((local, offset) => set(local, hashFrom(offset))),
        ...lookUp.map((mask) => set(MASK, mask)),
        eachPlace(emitKnown(i32.load(get(PLACE), LAYOUT.input))),
        step(16),
      ),
      ...count,
    ],
  };
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
          eachPlace(emitKnown(word)),
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
          eachPlace(when(i32.lessThan(get(PLACE), get(LENGTH)), emit(get(PLACE)))),
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
