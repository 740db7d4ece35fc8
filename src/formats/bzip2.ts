/**
 * Reads bzip2. Written by hand: the packages that do it are unmaintained or take and give whole
 * files, so that a bomb is unpacked before anybody can stop it. The format has no specification;
 * this follows what bzip2 1.0.8 writes, and the tests hold it against that program.
 */

import {
  type ArchiveLimits,
  archiveLimit,
  assertUnpacked,
  malformedArchive,
} from './archive-entry.ts';
import type { ReportOddity } from './archive-oddity.ts';
import { createBitReader } from './bit-reader.ts';
import { type ByteLookahead, createByteLookahead } from './byte-lookahead.ts';
import { type Bzip2Block, decodeBlock } from './bzip2-block.ts';

/** No block of 900,000 symbols of at most 20 bits, with its tables, is longer. */
const BLOCK_MAX_BYTES = 2_400_000;
const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;
/** Bytes given out at once: a block of runs may unpack to fifty times its size. */
const PIECE_BYTES = 256 * 1024;

/**
 * The unpacked bytes of one or more bzip2 streams. Throws 'malformed-archive' (no bzip2, truncated,
 * wrong checksum, randomised blocks of before 1997) and 'limit-exceeded'; `report` is told of bytes
 * that follow. Errors of `source` pass through.
 */
export async function* bunzip2(
  source: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
  report: ReportOddity,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    const ahead = createByteLookahead(iterator);
    let unpackedBytes = 0;
    for (let isFirst = true; ; isFirst = false) {
      const head = await ahead.peek(4);
      if (!isFirst && head.length === 0) return;
      const level = levelOf(head);
      if (level === undefined) {
        if (isFirst) throw malformedArchive('the archive', 'does not begin as bzip2 data');
        report({
          code: 'trailing-data',
          where: `offset ${ahead.offset()}`,
          problem: 'bytes follow the end of the bzip2 data',
        });
        return;
      }
      ahead.skip(4);
      for await (const piece of readStream(ahead, level * 100_000)) {
        unpackedBytes += piece.length;
        if (ahead.offset() > limits.packedBytes) {
          throw archiveLimit(
            'the archive',
            `has more than ${limits.packedBytes} bytes`,
            'packedBytes',
          );
        }
        assertUnpacked(unpackedBytes, ahead.offset(), limits);
        yield piece;
      }
    }
  } finally {
    await iterator.return?.();
  }
}

function levelOf(head: Uint8Array): number | undefined {
  const level = (head[3] ?? 0) - 0x30;
  const isHeader = head[0] === 0x42 && head[1] === 0x5a && head[2] === 0x68;
  return isHeader && level >= 1 && level <= 9 ? level : undefined;
}

/** From behind the header of one stream to its end, which is on a whole byte. */
async function* readStream(
  ahead: ByteLookahead,
  blockBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let skippedBits = 0;
  let combined = 0;
  const table = new Uint32Array(blockBytes);
  for (;;) {
    const bits = createBitReader(await ahead.peek(BLOCK_MAX_BYTES), skippedBits);
    const magic = bits.take(24) * 0x1000000 + bits.take(24);
    const crc = bits.take(16) * 0x10000 + bits.take(16);
    if (magic === END_MAGIC) {
      if (crc !== combined) throw damaged(ahead, 'the checksum of the bzip2 data is wrong');
      assertWhole(bits.overrun(), ahead);
      ahead.skip(Math.ceil(bits.position() / 8));
      return;
    }
    if (magic !== BLOCK_MAGIC) {
      assertWhole(bits.overrun(), ahead);
      throw damaged(ahead, 'expected a bzip2 block');
    }
    const where = `offset ${ahead.offset()}`;
    const block = decodeBlock(bits, table, where);
    assertWhole(bits.overrun(), ahead);
    ahead.skip(Math.floor(bits.position() / 8));
    skippedBits = bits.position() % 8;
    const found = yield* expandRuns(block);
    if (found !== crc) throw damaged(ahead, 'the checksum of a bzip2 block is wrong');
    combined = (((combined << 1) | (combined >>> 31)) ^ crc) >>> 0;
  }
}

function assertWhole(isOverrun: boolean, ahead: ByteLookahead): void {
  if (isOverrun) throw damaged(ahead, 'the bzip2 data is truncated');
}

function damaged(ahead: ByteLookahead, problem: string): Error {
  return malformedArchive(`offset ${ahead.offset()}`, problem);
}

/** Undoes the run lengths of the first stage: four equal bytes, then how many more. Returns the
 * checksum of what it gave. */
function* expandRuns({
  table,
  count,
  start,
}: Bzip2Block): Generator<Uint8Array, number, undefined> {
  let piece = new Uint8Array(PIECE_BYTES);
  let filled = 0;
  let crc = 0xffffffff;
  let run = 0;
  let previous = -1;
  let position = start;
  for (let at = 0; at < count; at += 1) {
    const cell = table[position] ?? 0;
    const byte = cell & 0xff;
    position = cell >>> 8;
    let times = 1;
    let written = byte;
    if (run === 4) {
      times = byte;
      written = previous;
      run = 0;
      previous = -1;
    } else {
      run = byte === previous ? run + 1 : 1;
      previous = byte;
    }
    if (filled + times > PIECE_BYTES) {
      yield piece.subarray(0, filled);
      piece = new Uint8Array(PIECE_BYTES);
      filled = 0;
    }
    for (; times > 0; times -= 1) {
      piece[filled] = written;
      filled += 1;
      crc = ((crc << 8) ^ (CRC_TABLE[(crc >>> 24) ^ written] ?? 0)) | 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
  return ~crc >>> 0;
}

/** CRC-32 with the highest bit first, unlike everybody else's. */
const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});
