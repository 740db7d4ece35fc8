/**
 * Reads xz (The .xz File Format 1.2.1) with the LZMA2 filter. Written by hand: what the package
 * registries have is native, or gives no bound on memory and does not check what it unpacks.
 */
import { crc32 } from 'node:zlib';
import {
  type ArchiveLimits,
  archiveLimit,
  assertUnpacked,
  malformedArchive,
} from './archive-entry.ts';
import type { ReportOddity } from './archive-oddity.ts';
import { type ByteLookahead, createByteLookahead } from './byte-lookahead.ts';
import { readLzma2 } from './lzma2.ts';
import { decodeXzBlockHeader, decodeXzNumber, type XzBlockHeader } from './xz-block-header.ts';
import { createXzCheck, type XzCheck } from './xz-check.ts';

const HEADER_MAGIC = Buffer.from('fd377a585a00', 'hex');
const STREAM_EDGE_BYTES = 12;
/** Two numbers of at most nine bytes. */
const RECORD_BYTES = 18;
/** Above what one stream of the largest archive has with the block size of `xz -T0`. */
const MAX_BLOCKS = 1_000_000;

/** Of each block, as the index must repeat it. */
interface BlockSizes {
  readonly unpaddedBytes: number;
  readonly unpackedBytes: number;
}

/**
 * The unpacked bytes of one or more xz streams. Throws 'malformed-archive' (no xz, truncated, wrong
 * checksum, filters other than LZMA2) and 'limit-exceeded' (also `dictionaryBytes`); `report` is
 * told of bytes that follow. Errors of `source` pass through.
 */
export async function* unxz(
  source: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
  report: ReportOddity,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    const ahead = createByteLookahead(iterator);
    let unpackedBytes = 0;
    for (let isFirst = true; ; isFirst = false) {
      if (!isFirst) await skipPadding(ahead);
      const head = await ahead.peek(HEADER_MAGIC.length);
      if (!isFirst && head.length === 0) return;
      if (!HEADER_MAGIC.equals(head.subarray(0, HEADER_MAGIC.length))) {
        if (isFirst) throw malformedArchive('the archive', 'does not begin as xz data');
        report({
          code: 'trailing-data',
          where: `offset ${ahead.offset()}`,
          problem: 'bytes follow the end of the xz data',
        });
        return;
      }
      for await (const piece of readStream(ahead, limits)) {
        unpackedBytes += piece.length;
        if (ahead.offset() > limits.packedBytes) {
          const problem = `has more than ${limits.packedBytes} bytes`;
          throw archiveLimit('the archive', problem, 'packedBytes');
        }
        assertUnpacked(unpackedBytes, ahead.offset(), limits);
        yield piece;
      }
    }
  } finally {
    await iterator.return?.();
  }
}

/** Section 2.2: zeroes, four at a time. */
async function skipPadding(ahead: ByteLookahead): Promise<void> {
  for (;;) {
    const four = (await ahead.peek(4)).subarray(0, 4);
    if (four.length < 4 || four.some((byte) => byte !== 0)) return;
    ahead.skip(4);
  }
}

async function* readStream(
  ahead: ByteLookahead,
  limits: ArchiveLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  const head = await takeXz(ahead, STREAM_EDGE_BYTES);
  const flags = head.subarray(6, 8);
  const checkId = flags[1] ?? 0;
  if (crc32(flags) !== head.readUInt32LE(8)) throw damaged(ahead, 'the xz header is damaged');
  if (flags[0] !== 0 || checkId > 15) throw damaged(ahead, 'the xz header has unknown flags');
  const blocks: BlockSizes[] = [];
  for (;;) {
    const size = (await ahead.peek(1))[0];
    if (size === undefined) throw damaged(ahead, 'the xz data is truncated');
    if (size === 0) break;
    const check = createXzCheck(checkId);
    if (check === undefined)
      throw damaged(ahead, `the xz check ${checkId} is not one that we read`);
    if (blocks.length === MAX_BLOCKS) throw archiveLimit('the archive', 'has too many xz blocks');
    blocks.push(yield* readBlock(ahead, check, (size + 1) * 4, limits));
  }
  const indexBytes = await readIndex(ahead, blocks);
  const foot = await takeXz(ahead, STREAM_EDGE_BYTES);
  const agrees =
    foot.toString('latin1', 10) === 'YZ' &&
    foot.subarray(8, 10).equals(flags) &&
    crc32(foot.subarray(4, 10)) === foot.readUInt32LE(0) &&
    (foot.readUInt32LE(4) + 1) * 4 === indexBytes;
  if (!agrees) throw damaged(ahead, 'the end of the xz stream does not agree with its begin');
}

async function* readBlock(
  ahead: ByteLookahead,
  check: XzCheck,
  headerBytes: number,
  limits: ArchiveLimits,
): AsyncGenerator<Uint8Array, BlockSizes, undefined> {
  const where = `offset ${ahead.offset()}`;
  const header = decodeXzBlockHeader(await takeXz(ahead, headerBytes), where);
  const start = ahead.offset();
  let unpackedBytes = 0;
  for await (const piece of readLzma2(ahead, header.dictionaryBytes, limits)) {
    unpackedBytes += piece.length;
    check.update(piece);
    yield piece;
  }
  const packedBytes = ahead.offset() - start;
  assertSizes(header, packedBytes, unpackedBytes, where);
  const padding = await takeXz(ahead, (4 - (packedBytes % 4)) % 4);
  if (padding.some((byte) => byte !== 0)) throw damaged(ahead, 'the xz padding is not zero');
  const field = await takeXz(ahead, check.sizeBytes);
  if (!field.equals(check.digest())) throw damaged(ahead, 'the checksum of the xz data is wrong');
  return { unpaddedBytes: headerBytes + packedBytes + check.sizeBytes, unpackedBytes };
}

function assertSizes(
  header: XzBlockHeader,
  packedBytes: number,
  unpackedBytes: number,
  where: string,
): void {
  const agrees =
    (header.packedBytes ?? packedBytes) === packedBytes &&
    (header.unpackedBytes ?? unpackedBytes) === unpackedBytes;
  if (!agrees) throw malformedArchive(where, 'the xz block is not as long as its header says');
}

/** Section 4; returns its size. */
async function readIndex(ahead: ByteLookahead, blocks: readonly BlockSizes[]): Promise<number> {
  const start = ahead.offset();
  let crc = 0;
  async function take(sizeBytes: number): Promise<Buffer> {
    const bytes = await takeXz(ahead, sizeBytes);
    crc = crc32(bytes, crc);
    return bytes;
  }
  async function number(): Promise<number> {
    const found = decodeXzNumber(await ahead.peek(RECORD_BYTES), 0);
    if (found === undefined) throw damaged(ahead, 'the xz index is not sound');
    await take(found.end);
    return found.value;
  }
  await take(1);
  let agrees = (await number()) === blocks.length;
  for (const block of blocks) {
    if (!agrees) break;
    agrees = (await number()) === block.unpaddedBytes && (await number()) === block.unpackedBytes;
  }
  if (!agrees) throw damaged(ahead, 'the xz index does not agree with the blocks');
  const padding = await take((4 - ((ahead.offset() - start) % 4)) % 4);
  if (padding.some((byte) => byte !== 0)) throw damaged(ahead, 'the xz padding is not zero');
  const expected = crc;
  if ((await takeXz(ahead, 4)).readUInt32LE(0) !== expected) {
    throw damaged(ahead, 'the checksum of the xz index is wrong');
  }
  return ahead.offset() - start;
}

async function takeXz(ahead: ByteLookahead, sizeBytes: number): Promise<Buffer> {
  const bytes = (await ahead.peek(sizeBytes)).subarray(0, sizeBytes);
  if (bytes.length < sizeBytes) throw damaged(ahead, 'the xz data is truncated');
  ahead.skip(sizeBytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function damaged(ahead: ByteLookahead, problem: string): Error {
  return malformedArchive(`offset ${ahead.offset()}`, problem);
}
