/**
 * Compressed data that is encoded in a text, or is a file without a container: gzip (RFC 1952) and
 * zlib (RFC 1950), by their first bytes. Checksums are not held against what comes out, and a cut is
 * none: whoever hides something need not keep them.
 */
import { constants, inflateRawSync } from 'node:zlib';

/** What came out. */
export interface InflatedText {
  /** As findings say it. */
  readonly how: 'gzip data' | 'zlib data';
  readonly content: Buffer;
}

/** Bytes of one text that are taken out at most; what inflates to more is told, and not looked at. */
export const INFLATED_BYTES: number = 16 * 1024 * 1024;

/** Most bytes that deflate makes of one. */
export const DEFLATE_RATIO = 1032;

/** Bytes that are taken out at first: what only begins as compressed data does is broken by then. */
const PROBE_BYTES = 4096;

/** What is packed in `content`, from its first byte on; null where nothing is, 'broken' where it ends
 * in the middle, which is seen late, and 'too-large' where it has more than `mostBytes`. */
export function inflateText(
  content: Uint8Array,
  mostBytes: number,
): InflatedText | 'too-large' | 'broken' | null {
  const isGzip = isGzipHead(content);
  if (!isGzip && !isZlibHead(content[0] ?? 0, content[1] ?? 0)) return null;
  const packed = content.subarray(isGzip ? endOfGzipHead(content) : 2);
  const first = inflate(packed, Math.min(PROBE_BYTES, mostBytes));
  if (first === 'broken') return null;
  const all = first === 'too-large' && mostBytes > PROBE_BYTES ? inflate(packed, mostBytes) : first;
  if (all === 'broken' || all === 'too-large') return all;
  return all.length === 0 ? null : { how: isGzip ? 'gzip data' : 'zlib data', content: all };
}

function inflate(packed: Uint8Array, mostBytes: number): Buffer | 'too-large' | 'broken' {
  try {
    return inflateRawSync(packed, {
      maxOutputLength: Math.max(1, mostBytes),
      finishFlush: constants.Z_SYNC_FLUSH,
    });
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
