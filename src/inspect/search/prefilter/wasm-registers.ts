/** The locals that the functions of the prefilter's program have in common, and what all of them do. */
import { type Code, constant, get, i32, set, v128, whileTrue } from './wasm-assembler.ts';
import { LAYOUT } from './wasm-layout.ts';

/** Numbers of the parameter and of integers. */
export const [LENGTH, AT, MASK, PLACE, OUT, WORD, START, RUNS_OUT, ESCAPES_OUT] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
];
/** Numbers of more integers. */
export const [RECORD_AT, NEWLINES, OTHERS, UNSEEN_OUT, SIGNS] = [9, 10, 11, 12, 13];
/** How many integers every function has beside its parameter. */
export const INTEGERS = 13;
/** How many vectors. */
export const VECTORS = 14;
/** The number of a vector. */
export const vectorAt = (number: number): number => INTEGERS + 1 + number;

/** A vector that has one byte sixteen times. */
export const splat = (byte: number): Code => v128.splat(constant(byte));
/** The sixteen bytes that begin so many behind AT. */
export const input = (offset = 0): Code => v128.load(get(AT), LAYOUT.input + offset);
/** A vector of zeroes: a local is that before it is set. */
export const ZERO: Code = get(vectorAt(VECTORS - 1));

/** Writes an integer behind what `out` counts in bytes. */
export const emit = (value: Code, out: number, address: number): Code => [
  ...i32.store(get(out), value, address),
  ...set(out, i32.add(get(out), constant(4))),
];

/** Goes on by so many bytes. */
export const step = (bytes: number): Code => set(AT, i32.add(get(AT), constant(bytes)));
/** The number of integers that were written. */
export const count: Code = i32.shr(get(OUT), constant(2));

/** For each bit of MASK, of which the lowest is the byte at AT: `body` at PLACE. */
export const eachPlace = (body: Code): Code =>
  whileTrue(
    get(MASK),
    set(PLACE, i32.add(get(AT), i32.ctz(get(MASK)))),
    set(MASK, i32.and(get(MASK), i32.sub(get(MASK), constant(1)))),
    body,
  );

/** For each of 16 bytes a bit of its kind, as `kindNibbles` says; zero for most. `nibble` has fifteens. */
export function kindsOf(bytes: Code, nibble: Code): Code {
  const high = v128.and(v128.shiftRight16(bytes, constant(4)), nibble);
  return v128.and(
    v128.relaxedSwizzle(v128.load(constant(LAYOUT.kinds)), v128.and(bytes, nibble)),
    v128.relaxedSwizzle(v128.load(constant(LAYOUT.kinds + 16)), high),
  );
}
