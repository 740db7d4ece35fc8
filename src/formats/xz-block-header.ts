import { crc32 } from 'node:zlib';
import { malformedArchive } from './archive-entry.ts';

/** What stands before an xz block (section 3.1). Sizes are there when the header tells them. */
export interface XzBlockHeader {
  readonly packedBytes?: number;
  readonly unpackedBytes?: number;
  readonly dictionaryBytes: number;
}

const LZMA2 = 0x21;

/**
 * Decodes the whole header, its size byte and checksum included. Throws 'malformed-archive', also
 * for filters other than LZMA2 alone.
 */
export function decodeXzBlockHeader(bytes: Buffer, where: string): XzBlockHeader {
  const refuse = (problem: string) => malformedArchive(where, `the xz block header ${problem}`);
  const end = bytes.length - 4;
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) throw refuse('is damaged');
  const flags = bytes[1] ?? 0;
  if ((flags & 0x3c) !== 0) throw refuse('has unknown flags');
  let at = 2;
  function number(): number {
    const found = decodeXzNumber(bytes.subarray(0, end), at);
    if (found === undefined) throw refuse('holds a number that is none');
    at = found.end;
    return found.value;
  }
  const sizes = {
    ...((flags & 0x40) === 0 ? {} : { packedBytes: number() }),
    ...((flags & 0x80) === 0 ? {} : { unpackedBytes: number() }),
  };
  const filter = number();
  if ((flags & 0x03) !== 0 || filter !== LZMA2) {
    throw refuse('asks for a filter other than LZMA2, which is not read');
  }
  const propertyBytes = number();
  const bits = bytes[at] ?? 0xff;
  if (propertyBytes !== 1 || bits > 40) throw refuse('has LZMA2 properties that are none');
  if (bytes.subarray(at + 1, end).some((byte) => byte !== 0))
    throw refuse('is not padded by zeroes');
  const dictionaryBytes = bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** ((bits >> 1) + 11);
  return { ...sizes, dictionaryBytes };
}

/** The number at `at` in seven bits a byte, lowest first, in the shortest form (section 1.2), and
 * where it ends; undefined when it is none that a JavaScript number can hold. */
export function decodeXzNumber(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let count = 0; count < 9; count += 1) {
    const byte = bytes[at + count];
    if (byte === undefined || (byte === 0 && count > 0)) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * count);
    if ((byte & 0x80) === 0) {
      return Number.isSafeInteger(value) ? { value, end: at + count + 1 } : undefined;
    }
  }
  return undefined;
}
