/** Windows of literals, in bytes as they are and in UTF-16. */
import { HASHES, PATTERN_BITS } from './literal-tables.ts';
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
import { LAYOUT, RECORD, SIGN_KIND } from './wasm-layout.ts';
import {
  AT,
  count,
  eachPlace,
  emit,
  input,
  kindsOf,
  LENGTH,
  MASK,
  OTHERS,
  OUT,
  PLACE,
  RECORD_AT,
  splat,
  step,
  VECTORS,
  vectorAt,
  WORD,
  ZERO,
} from './wasm-registers.ts';

/** Vectors that each round uses: else they would be made each time. */
const KEPT = {
  fold: vectorAt(8),
  factor: vectorAt(9),
  second: vectorAt(10),
  sixteen: vectorAt(11),
};

/** literals(length): places of literals. Returns how many integers were written. */
export function literals(): WasmFunction {
  const bytes = vectorAt(0);
  return {
    name: 'literals',
    vectors: VECTORS,
    body: [
      ...set(KEPT.fold, splat(0x20)),
      ...set(KEPT.factor, v128.splat16(constant(HASHES.table.factors[0]))),
      ...set(KEPT.second, v128.splat16(constant(HASHES.table.factors[1]))),
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
  const [even, odd, found] = [vectorAt(2), vectorAt(3), vectorAt(1)];
  const [evenNumber, oddNumber] = [vectorAt(4), vectorAt(5)];
  const [low, high] = [vectorAt(6), vectorAt(7)];
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
    }, ZERO),
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
  const kinds = kindsOf(v128.load(address), splat(15));
  const inAlphabet = v128.lessThan(v128.sub(kinds, splat(1)), splat(SIGN_KIND - 1));
  const last = i32.load8(i32.add(address, i32.ctz(get(OTHERS))));
  return [
    ...set(OTHERS, i32.xor(v128.bitmask(inAlphabet), constant(0xffff))),
    ...when(get(OTHERS), set(WORD, i32.notEqual(last, constant(0x5c)))),
  ];
}

/** wide(length): starts of windows of literals in UTF-16 of either byte order: a NUL follows each
 * of the first three bytes, and none of the four is NUL. */
export function wide(): WasmFunction {
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
