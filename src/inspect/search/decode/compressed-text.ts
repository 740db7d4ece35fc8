/**
 * Compressed data that is encoded in a text, or is a file without a container: gzip (RFC 1952), zlib
 * (RFC 1950) and zstd (RFC 8878) by their first bytes; in an encoded text also deflate and brotli, which
 * have none, where they end as they should. Checksums are not held against what comes out, and elsewhere
 * a cut is none: whoever hides something need not keep them.
 */
import { brotliDecompressSync, constants, inflateRawSync, zstdDecompressSync } from 'node:zlib';
import { isTextByte, mayBeBrotli, mayBeDeflate } from './unmarked-head.ts';

/** What came out. */
export interface InflatedText {
  /** As findings say it. */
  readonly how: 'gzip data' | 'zlib data' | 'zstd data' | 'deflate data' | 'brotli data';
  readonly content: Buffer;
}

/** Bytes of one text that are taken out at most; what inflates to more is told, and not looked at. */
export const INFLATED_BYTES: number = 16 * 1024 * 1024;

/** Most bytes that deflate makes of one. */
const DEFLATE_RATIO = 1032;

/** Bytes that are taken out at first: what only begins as compressed data does is broken by then. */
const PROBE_BYTES = 4096;

/** What is packed in `content`, from its first byte on; null where nothing is, 'broken' where it ends
 * in the middle, which is seen late, and 'too-large' where it has more than `mostBytes`. What has no
 * first bytes of its own is tried only where `content` was encoded. */
export function inflateText(
  content: Uint8Array,
  mostBytes: number,
  isEncoded = false,
): InflatedText | 'too-large' | 'broken' | null {
  const format = formatOf(content) ?? (isEncoded ? unmarkedFormatOf(content) : null);
  if (format === null) return null;
  const packed = content.subarray(format.startOf(content));
  const first = inflate(format, packed, Math.min(PROBE_BYTES, mostBytes));
  if (first === 'broken') return null;
  const all =
    first === 'too-large' && mostBytes > PROBE_BYTES ? inflate(format, packed, mostBytes) : first;
  if (all === 'broken' || all === 'too-large') return all;
  return all.length === 0 ? null : { how: format.how, content: all };
}

/** As many bytes as were made of `content` when they were too many, or broken in the middle. */
export function bytesInVain(content: Uint8Array, mostBytes: number): number {
  const unpack = formatOf(content)?.unpack ?? null;
  return unpack === inflateRawSync
    ? Math.min(mostBytes, DEFLATE_RATIO * content.length)
    : mostBytes;
}

type Unpack = (packed: Uint8Array, options: { readonly maxOutputLength: number }) => Buffer;

interface PackedFormat {
  readonly how: InflatedText['how'];
  readonly unpack: Unpack;
  readonly options: object;
  startOf(content: Uint8Array): number;
}

/** Takes what is cut too. */
const DEFLATE = { unpack: inflateRawSync, options: { finishFlush: constants.Z_SYNC_FLUSH } };
const AT_ONCE = { startOf: () => 0 };
const GZIP: PackedFormat = { ...DEFLATE, how: 'gzip data', startOf: endOfGzipHead };
const ZLIB: PackedFormat = { ...DEFLATE, how: 'zlib data', startOf: () => 2 };
/** Noise has no sound end: so these two are told from it. */
const BARE: PackedFormat = {
  ...AT_ONCE,
  how: 'deflate data',
  unpack: inflateRawSync,
  options: {},
};
const BROTLI: PackedFormat = {
  ...AT_ONCE,
  how: 'brotli data',
  unpack: brotliDecompressSync,
  options: {},
};
const ZSTD: PackedFormat = {
  ...AT_ONCE,
  how: 'zstd data',
  unpack: zstdDecompressSync,
  options: {
    finishFlush: constants.ZSTD_e_flush,
    // a window of 8 MiB, so that no header asks for more memory
    params: { [constants.ZSTD_d_windowLogMax]: 23 },
  },
};

function formatOf(content: Uint8Array): PackedFormat | null {
  if (isGzipHead(content)) return GZIP;
  if (isZlibHead(content[0] ?? 0, content[1] ?? 0)) return ZLIB;
  return isZstdHead(content) ? ZSTD : null;
}

/** What has no first bytes of its own is tried from so many on: shorter runs are decoded only where
 * something tells what they are. */
const UNMARKED_LEAST = 150;
/** Bytes of which one is none of text, or it is text. */
const HEAD_BYTES = 24;

function unmarkedFormatOf(content: Uint8Array): PackedFormat | null {
  if (content.length < UNMARKED_LEAST || content.subarray(0, HEAD_BYTES).every(isTextByte))
    return null;
  if (mayBeBrotli(content)) return BROTLI;
  return mayBeDeflate(content) ? BARE : null;
}

function inflate(
  { unpack, options }: PackedFormat,
  packed: Uint8Array,
  mostBytes: number,
): Buffer | 'too-large' | 'broken' {
  try {
    return unpack(packed, { ...options, maxOutputLength: Math.max(1, mostBytes) });
  } catch (error) {
    return isTooLarge(error) ? 'too-large' : 'broken';
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function isGzipHead(content: Uint8Array): boolean {
  return content[0] === 0x1f && content[1] === 0x8b && content[2] === 0x08;
}

/** The number that begins a frame of zstd. */
function isZstdHead(content: Uint8Array): boolean {
  return ZSTD_MAGIC.every((byte, at) => content[at] === byte);
}
const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/** Deflate, a window of 32 KiB or less, no dictionary, and a sum that is right. */
export function isZlibHead(first: number, second: number): boolean {
  if ((first & 0x0f) !== 8 || first > 0x78 || (second & 0x20) !== 0) return false;
  return ((first << 8) | second) % 31 === 0;
}

const [EXTRA, NAME, COMMENT, CHECK] = [0x04, 0x08, 0x10, 0x02];

function endOfGzipHead(content: Uint8Array): number {
  const flags = content[3] ?? 0;
  let at = 10;
  if ((flags & EXTRA) !== 0) at += 2 + ((content[at] ?? 0) | ((content[at + 1] ?? 0) << 8));
  for (const flag of [NAME, COMMENT]) {
    if ((flags & flag) === 0) continue;
    const zero = content.indexOf(0, at);
    at = zero === -1 ? content.length : zero + 1;
  }
  return at + ((flags & CHECK) === 0 ? 0 : 2);
}
