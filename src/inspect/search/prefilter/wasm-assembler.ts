/**
 * A small assembler for WebAssembly (core specification 2.0 with 128-bit SIMD): expressions are
 * functions that return their bytes, so that a program reads as one. Only what the prefilter needs.
 */

/** Encoded instructions: bytes, and what is made of them, nested so that nothing is copied twice. */
export type Code = readonly (number | Code)[];

const I32 = 0x7f;
const V128 = 0x7b;
const VOID = 0x40;

function bytesOf(code: Code, into: number[] = []): readonly number[] {
  for (const one of code) {
    if (typeof one === 'number') into.push(one);
    else bytesOf(one, into);
  }
  return into;
}

/** LEB128, unsigned (section 5.2.2). */
function unsigned(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** LEB128, signed, of a 32-bit integer. */
function signed(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
      return [...bytes, low];
    }
    bytes.push(low | 0x80);
  }
}

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];
const binary =
  (opcode: Code) =>
  (left: Code, right: Code): Code => [left, right, opcode];
const unary =
  (opcode: Code) =>
  (operand: Code): Code => [operand, opcode];
/** Instructions on memory, at any alignment. */
const loading =
  (opcode: Code) =>
  (address: Code, offset = 0): Code => [address, opcode, 0, unsigned(offset)];
const storing =
  (opcode: Code) =>
  (address: Code, value: Code, offset = 0): Code => [address, value, opcode, 0, unsigned(offset)];

/** `i32.const`. */
export const constant = (value: number): Code => [0x41, signed(value)];

/** Operators on i32; comparisons give 0 or 1. */
export const i32 = {
  add: binary([0x6a]),
  sub: binary([0x6b]),
  mul: binary([0x6c]),
  and: binary([0x71]),
  or: binary([0x72]),
  xor: binary([0x73]),
  shl: binary([0x74]),
  shr: binary([0x76]),
  eq: binary([0x46]),
  notEqual: binary([0x47]),
  lessThan: binary([0x49]),
  ctz: unary([0x68]),
  clz: unary([0x67]),
  popcnt: unary([0x69]),
  load: loading([0x28]),
  load8: loading([0x2d]),
  load16: loading([0x2f]),
  store: storing([0x36]),
  store16: storing([0x3b]),
} as const;

/** Operators on 16 bytes at once. */
export const v128 = {
  load: loading(simd(0x00)),
  store: storing(simd(0x0b)),
  and: binary(simd(0x4e)),
  or: binary(simd(0x50)),
  sub: binary(simd(0x71)),
  lessThan: binary(simd(0x26)),
  anyTrue: unary(simd(0x53)),
  swizzle: binary(simd(0x0e)),
  /** As `swizzle`, of relaxed SIMD: for numbers below sixteen only, where it is one instruction. */
  relaxedSwizzle: binary(simd(0x100)),
  add: binary(simd(0x6e)),
  least: binary(simd(0x77)),
  splat: unary(simd(0x0f)),
  /** Eight lanes of 16 bits. */
  splat16: unary(simd(0x10)),
  add16: binary(simd(0x8e)),
  sub16: binary(simd(0x91)),
  multiply16: binary(simd(0x95)),
  shiftRight16: binary(simd(0x8d)),
  shiftLeft16: binary(simd(0x8b)),
  /** `vector` with the byte at `address` as one of its sixteen. */
  load8Lane: (address: Code, vector: Code, lane: number, offset = 0): Code => [
    address,
    vector,
    simd(0x54),
    0,
    unsigned(offset),
    lane,
  ],
  equal: binary(simd(0x23)),
  notEqual: binary(simd(0x24)),
  bitmask: unary(simd(0x64)),
} as const;

/** `local.get`. */
export const get = (local: number): Code => [0x20, unsigned(local)];
/** `local.set`. */
export const set = (local: number, value: Code): Code => [value, 0x21, unsigned(local)];

/** Runs `body` while `condition` is not zero. */
export const whileTrue = (condition: Code, ...body: readonly Code[]): Code => [
  0x02,
  VOID,
  0x03,
  VOID,
  condition,
  0x45,
  0x0d,
  1,
  ...body,
  0x0c,
  0,
  0x0b,
  0x0b,
];

/** Runs `body` when `condition` is not zero. */
export const when = (condition: Code, ...body: readonly Code[]): Code => [
  condition,
  0x04,
  VOID,
  ...body,
  0x0b,
];

/** A function of one i32 with one i32 as result, which `body` leaves on the stack. */
export interface WasmFunction {
  readonly name: string;
  readonly vectors: number;
  readonly body: Code;
}

const sized = (content: Code): Code => {
  const bytes = bytesOf(content);
  return [unsigned(bytes.length), bytes];
};
const section = (id: number, content: Code): Code => [id, sized(content)];
const vector = (items: readonly Code[]): Code => [unsigned(items.length), ...items];
const text = (value: string): Code => [unsigned(value.length), ...Buffer.from(value, 'latin1')];

/**
 * A module (section 5.5.16) that exports `functions` and a `memory` of so many pages of 64 KiB.
 * Locals of a function are numbered: its parameter, `integers` of i32, its `vectors` of v128.
 */
export function encodeModule(
  functions: readonly WasmFunction[],
  integers: number,
  pages: number,
): Uint8Array {
  const type: Code = [0x60, vector([[I32]]), vector([[I32]])];
  const bodies = functions.map(({ vectors, body }): Code => {
    const locals = vector([
      [unsigned(integers), I32],
      [unsigned(vectors), V128],
    ]);
    return sized([locals, body, 0x0b]);
  });
  const exported = functions.map(({ name }, at): Code => [text(name), 0, unsigned(at)]);
  const code: Code = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, vector([type])),
    section(3, vector(functions.map(() => unsigned(0)))),
    section(5, vector([[1, unsigned(pages), unsigned(pages)]])),
    section(7, vector([...exported, [text('memory'), 2, 0]])),
    section(10, vector(bodies)),
  ];
  return Uint8Array.from(bytesOf(code));
}
