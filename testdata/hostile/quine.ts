/**
 * Archives that hold exactly themselves, after the published idea ("Zip Files All The Way Down"):
 * deflate is a language of "print" (a stored block) and "repeat" (a match), in which a program can
 * print itself. What the checksum must be follows from its being linear over the file's bits.
 */
import { crc32 } from 'node:zlib';

/** Size of a print instruction: one stored block without its bytes. */
const PRINT_BYTES = 5;
const CRC_PLACE = 0xdeadbeef;

/** A gzip file that unpacks to itself. */
export function makeGzipQuine(): Buffer {
  const head = Buffer.from('1f8b08000000000000ff', 'hex');
  return makeQuine(head, (sizeBytes) => Buffer.concat([word(CRC_PLACE), word(sizeBytes)]));
}

/** A zip file whose only member is itself. */
export function makeZipQuine(): Buffer {
  const name = Buffer.from('a.zip');
  const common = (packed: number, size: number) => {
    const bytes = Buffer.alloc(26);
    bytes.writeUInt16LE(20, 0);
    bytes.writeUInt16LE(8, 4);
    bytes.writeUInt32LE(CRC_PLACE, 10);
    bytes.writeUInt32LE(packed, 14);
    bytes.writeUInt32LE(size, 18);
    bytes.writeUInt16LE(name.length, 22);
    return bytes;
  };
  const rowBytes = 46 + name.length;
  const edges = 30 + name.length + rowBytes + 22;
  const head = (size: number) =>
    Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common(size - edges, size), name]);
  const tail = (size: number) => {
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 0, 'latin1');
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(rowBytes, 12);
    end.writeUInt32LE(size - rowBytes - 22, 16);
    const row = [Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common(size - edges, size)];
    return Buffer.concat([...row, Buffer.alloc(14), name, end]);
  };
  // sizes stand in fields of one width, so the first try has the right length
  const { length } = makeUnchecked(head(edges), tail);
  return solveChecksum(makeUnchecked(head(length), tail));
}

function makeQuine(head: Buffer, tail: (sizeBytes: number) => Buffer): Buffer {
  return solveChecksum(makeUnchecked(head, tail));
}

/**
 * With P the head, S the end, A, B, D prints of one size, and repeats Q and R:
 * `P A[P A] Q B[Q] B[B] D[Q B B D] R D[R D R D] R D[R S] R S` prints `P A P A Q B Q B B D Q B B D
 * R D R D R D R D R S R S`, which is the file, where all that D prints is of one length.
 */
function makeUnchecked(head: Buffer, tail: (sizeBytes: number) => Buffer): Buffer {
  const endBytes = 10 + tail(1024).length;
  const repeatBytes = endBytes - 2 * PRINT_BYTES;
  const block = repeatBytes + endBytes;
  const P = head;
  const A = print(P.length + PRINT_BYTES);
  const Q = repeat(P.length + PRINT_BYTES, block - 3 * PRINT_BYTES);
  const B = [print(Q.length), print(PRINT_BYTES)] as const;
  const D = print(block);
  const R = repeat(block, repeatBytes);
  const parts = (S: Buffer) => [
    ...[P, A, P, A, Q, B[0], Q, B[1], B[0], D, Q, B[1], B[0], D, R, D, R, D, R, D, R, D, R, S, R, S],
  ];
  const sizeBytes = Buffer.concat(parts(Buffer.alloc(endBytes))).length;
  const bits = createBits();
  for (let count = 0; count < 4; count += 1) bits.empty();
  bits.put(1, 1);
  bits.put(0, 2);
  return Buffer.concat(parts(Buffer.concat([bits.bytes(), STORED_NONE, tail(sizeBytes)])));
}

const STORED_NONE = Buffer.from('0000ffff', 'hex');

function print(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(PRINT_BYTES);
  bytes.writeUInt16LE(sizeBytes, 1);
  bytes.writeUInt16LE(0xffff - sizeBytes, 3);
  return bytes;
}

/** Repeats the last `distance` bytes once, in exactly `sizeBytes` bytes of code. */
function repeat(distance: number, sizeBytes: number): Buffer {
  // each at most 114 long: longer ones have codes of eight bits
  const rest = Array.from({ length: Math.floor(distance / 100) }, () => 50);
  const last = distance - 50 * rest.length;
  for (const first of [[last], [3, last - 3], [3, 3, last - 6]]) {
    const pieces = [...first, ...rest];
    for (let empties = 0; empties < 8; empties += 1) {
      const bits = createBits();
      bits.put(2, 3);
      for (const length of pieces) bits.match(length, distance);
      bits.put(0, 7);
      for (let count = 0; count < empties; count += 1) bits.empty();
      bits.put(0, 3);
      const code = Buffer.concat([bits.bytes(), STORED_NONE]);
      const missing = sizeBytes - code.length;
      if (missing < 0 || missing % PRINT_BYTES !== 0) continue;
      const filler = Array.from({ length: missing / PRINT_BYTES }, () => print(0));
      return Buffer.concat([code, ...filler]);
    }
  }
  throw new Error(`no code of ${sizeBytes} bytes repeats ${distance}`);
}

/** Bits of deflate (RFC 1951 section 3.1.1), with the fixed codes of section 3.2.6. */
function createBits() {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let at = 0; at < count; at += 1) bits.push((value >> at) & 1);
  };
  const code = (value: number, count: number) => {
    for (let at = count - 1; at >= 0; at -= 1) bits.push((value >> at) & 1);
  };
  return {
    put,
    empty: () => put(2, 10),
    match(length: number, distance: number) {
      const long = stepOf(length - 3, 4);
      code(1 + long.step, 7);
      put(long.rest, long.extra);
      const far = stepOf(distance - 1, 2);
      code(far.step, 5);
      put(far.rest, far.extra);
    },
    bytes() {
      const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
      bits.forEach((bit, at) => {
        bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (bit << (at & 7));
      });
      return bytes;
    },
  };
}

/** Lengths and distances grow by `group` codes for each extra bit (section 3.2.5). */
function stepOf(value: number, group: number) {
  let extra = 0;
  let first = 0;
  let step = 0;
  for (;;) {
    const codes = extra === 0 ? 2 * group : group;
    const reach = first + codes * 2 ** extra;
    if (value < reach) {
      const inside = value - first;
      return { step: step + (inside >> extra), rest: inside & (2 ** extra - 1), extra };
    }
    first = reach;
    step += codes;
    extra += 1;
  }
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}

/** Puts the file's own CRC-32 wherever CRC_PLACE stands. */
function solveChecksum(bytes: Buffer): Buffer {
  const places: number[] = [];
  const mark = word(CRC_PLACE);
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 4)) places.push(at);
  const withValue = (value: number) => {
    for (const at of places) bytes.writeUInt32LE(value >>> 0, at);
    return bytes;
  };
  const base = crc32(withValue(0));
  // rows of (effect of bit) xor (bit) over GF(2), to be made equal to `base`
  const columns = Array.from({ length: 32 }, (_, bit) => {
    const effect = (crc32(withValue(2 ** bit)) ^ base) >>> 0;
    return { vector: (effect ^ 2 ** bit) >>> 0, bits: 2 ** bit };
  });
  let target = base;
  let answer = 0;
  for (let bit = 31; bit >= 0; bit -= 1) {
    const pivot = columns.findIndex(({ vector }) => 31 - Math.clz32(vector) === bit);
    const [found] = pivot < 0 ? [] : columns.splice(pivot, 1);
    if (found === undefined) {
      if (((target >>> bit) & 1) === 1) throw new Error('no checksum fits this file');
      continue;
    }
    for (const one of columns) {
      if (((one.vector >>> bit) & 1) === 0) continue;
      one.vector = (one.vector ^ found.vector) >>> 0;
      one.bits = (one.bits ^ found.bits) >>> 0;
    }
    if (((target >>> bit) & 1) === 0) continue;
    target = (target ^ found.vector) >>> 0;
    answer = (answer ^ found.bits) >>> 0;
  }
  return withValue(answer);
}
