/** Runs of base64, escapes, characters that nobody sees, line feeds and NULs. */
import { UNSEEN } from './unseen.ts';
import {
  type Code,
  constant,
  get,
  i32,
  set,
  v128,
  type WasmFunction,
  when,
  whileTrue,
} from './wasm-assembler.ts';
import { LAYOUT, RUN_LENGTH, SIGN_KIND } from './wasm-layout.ts';
import {
  AT,
  count,
  ESCAPES_OUT,
  eachPlace,
  emit,
  input,
  kindsOf,
  LENGTH,
  MASK,
  NEWLINES,
  PLACE,
  RUNS_OUT,
  SIGNS,
  START,
  splat,
  step,
  UNSEEN_OUT,
  VECTORS,
  vectorAt,
  ZERO,
} from './wasm-registers.ts';

/** Vectors that each round uses: else they would be made each time. */
const KEPT = {
  nibble: vectorAt(8),
  newline: vectorAt(9),
  any: vectorAt(10),
  sign: vectorAt(11),
};

/**
 * places(length): places of runs, of escapes and of unseen characters. Their counts, how many line feeds
 * there are and whether there is a NUL lie in memory afterwards. Apart from `literals`, since together
 * they would need more registers than there are.
 */
export function places(): WasmFunction {
  const [bytes, least, kinds] = [vectorAt(0), vectorAt(1), vectorAt(2)];
  const isNewline = v128.equal(get(bytes), get(KEPT.newline));
  return {
    name: 'places',
    vectors: VECTORS,
    body: [
      ...set(START, i32.load(constant(LAYOUT.openRun))),
      ...set(least, splat(0xff)),
      ...set(KEPT.nibble, splat(15)),
      ...set(KEPT.newline, splat(0x0a)),
      // added to a kind, they set its upper bit
      ...set(KEPT.any, splat(0x7f)),
      ...set(KEPT.sign, splat(0x80 - SIGN_KIND)),
      ...whileTrue(
        i32.lessThan(get(AT), get(LENGTH)),
        set(bytes, input()),
        set(least, v128.least(get(least), get(bytes))),
        set(NEWLINES, i32.add(get(NEWLINES), i32.popcnt(v128.bitmask(isNewline)))),
        set(kinds, kindsOf(get(bytes), get(KEPT.nibble))),
        set(SIGNS, v128.bitmask(v128.add(get(kinds), get(KEPT.sign)))),
        set(MASK, i32.xor(v128.bitmask(v128.add(get(kinds), get(KEPT.any))), get(SIGNS))),
        findRuns(),
        findEscapes(get(bytes)),
        findUnseen(get(bytes)),
        step(16),
      ),
      ...set(least, v128.equal(v128.least(get(least), input()), ZERO)),
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

/**
 * Starts and ends of runs of at least RUN_LENGTH bytes of the alphabet that end in the 16 bytes at AT,
 * by MASK, which has a bit for each of them. START, and `openRun` between chunks, is where the run that
 * is open began, from the chunk on.
 */
function findRuns(): Code {
  const others = i32.xor(get(MASK), constant(0xffff));
  const openAbove = i32.clz(i32.xor(i32.shl(get(MASK), constant(16)), constant(-1)));
  return when(
    i32.notEqual(get(MASK), constant(0xffff)),
    set(PLACE, i32.add(get(AT), i32.ctz(others))),
    when(
      i32.lessThan(constant(RUN_LENGTH - 1), i32.sub(get(PLACE), get(START))),
      emit(get(START), RUNS_OUT, LAYOUT.runs),
      emit(get(PLACE), RUNS_OUT, LAYOUT.runs),
    ),
    set(START, i32.sub(i32.add(get(AT), constant(16)), openAbove)),
  );
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
