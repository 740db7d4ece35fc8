/** Containers by their first bytes, never by a name. */
import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync } from 'node:zlib';
import { hasTarChecksum, TAR_BLOCK_BYTES } from './tar-header.ts';

/** What we read: archives, and streams that hold one file. Brotli has no first bytes of its own, and
 * is one only by its name. */
export type ContainerFormat = 'zip' | 'tar' | 'gzip' | 'bzip2' | 'xz' | 'zstd' | 'brotli';

/** What we know and do not read. */
export type SealedFormat =
  | '7z'
  | 'rar'
  | 'lz4'
  | 'lzip'
  | 'compress'
  | 'cab'
  | 'lzop'
  | 'xar'
  | 'lzma';

/** Bytes that `detectContainer` wants to see: as far as a tar header goes. */
export const CONTAINER_HEAD_BYTES = 512;

const MAGICS: readonly (readonly [ContainerFormat | SealedFormat, RegExp])[] = [
  ['zip', /^PK(?:\x03\x04|\x05\x06)/],
  ['gzip', /^\x1f\x8b\x08/],
  // the block or the end that follows: three letters and a digit begin texts too
  ['bzip2', /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/],
  ['xz', /^\xfd7zXZ\0/],
  ['zstd', /^(?:[\x50-\x5f]\x2a\x4d\x18|\x28\xb5\x2f\xfd)/],
  ['7z', /^7z\xbc\xaf\x27\x1c/],
  ['rar', /^Rar!\x1a\x07/],
  ['lz4', /^\x04\x22\x4d\x18/],
  ['lzip', /^LZIP[\0\x01]/],
  ['compress', /^\x1f\x9d[\x80-\x90]/],
  ['cab', /^MSCF\0\0\0\0/],
  ['lzop', /^\x89LZO\0\r\n\x1a\n/],
  ['xar', /^xar!\0\x1c/],
  // a size of the dictionary that packers take, and of the content: unknown, or below 4 GiB
  ['lzma', /^\x5d\0\0[\0-\xff][\0-\x20](?:\xff{8}|[\0-\xff]{4}\0{4})/],
];

const TAR_MAGIC_OFFSET = 257;

/** First bytes that any of MAGICS begins with, as 1. */
const BEGINNINGS = new Uint8Array(256).fill(1, 0x50, 0x60);
for (const byte of [...Buffer.from('PB(7RLMx]'), 0x1f, 0xfd, 0x04, 0x89]) BEGINNINGS[byte] = 1;

/** Whether a file is brotli by its name and not a text that is called so. `content` is all of it, or
 * null where that is too large to be held. */
export function isBrotli(path: string, content: Uint8Array | null): boolean {
  if (!/\.br$/i.test(path)) return false;
  if (content === null || !isUtf8(content)) return true;
  try {
    brotliDecompressSync(content, { maxOutputLength: PROBE_BYTES });
    return content.length > 0;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  }
}

const PROBE_BYTES = 1024 * 1024;

/** The format of a file that begins with `head`; undefined when it is none of these. */
export function detectContainer(head: Uint8Array): ContainerFormat | SealedFormat | undefined {
  // nearly every file is none: those are told by two bytes
  if (BEGINNINGS[head[0] ?? 0] !== 1 && head[TAR_MAGIC_OFFSET] !== 0x75) {
    return isOldTar(head) ? 'tar' : undefined;
  }
  const text = Buffer.from(head.subarray(0, CONTAINER_HEAD_BYTES)).toString('latin1');
  const found = MAGICS.find(([, magic]) => magic.test(text))?.[0];
  if (found !== undefined) return found;
  if (text.startsWith('ustar', TAR_MAGIC_OFFSET)) return 'tar';
  return isOldTar(head) ? 'tar' : undefined;
}

/** Older than ustar, which installers still take. */
function isOldTar(head: Uint8Array): boolean {
  return head.length >= TAR_BLOCK_BYTES && hasTarChecksum(head);
}

const ZIP_END_BYTES = 22;
const ZIP_COMMENT_MAX_BYTES = 0xffff;

/**
 * Whether `content` ends as a zip file does, which readers find from there: an end record with the
 * directory right before it. The letters alone are in every unpacker. `missingBytes` stand before
 * `content`, and are not looked at.
 */
export function endsAsZip(content: Uint8Array, missingBytes = 0): boolean {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  const reach = ZIP_END_BYTES + ZIP_COMMENT_MAX_BYTES;
  // the last of the letters is in hardly any text, and searching for one byte costs nearly nothing
  if (bytes.indexOf(0x06, Math.max(0, bytes.length - reach)) === -1) return false;
  const tail = bytes.subarray(-reach);
  const found = tail.lastIndexOf('PK\x05\x06', tail.length - ZIP_END_BYTES, 'latin1');
  if (found < 0 || tail.length < ZIP_END_BYTES) return false;
  const at = bytes.length - tail.length + found;
  const directoryBytes = bytes.readUInt32LE(at + 12);
  // of zip64 two records of 76 bytes stand between
  if (at >= 76 && bytes.toString('latin1', at - 76, at - 72) === 'PK\x06\x06') return true;
  if (directoryBytes > at) return directoryBytes <= at + missingBytes;
  const start = at - directoryBytes;
  return bytes.toString('latin1', start, start + 4) === 'PK\x01\x02';
}

/** Whether it is one that we read. */
export function isReadable(format: ContainerFormat | SealedFormat): format is ContainerFormat {
  return ['zip', 'tar', 'gzip', 'bzip2', 'xz', 'zstd', 'brotli'].includes(format);
}
