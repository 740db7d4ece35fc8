/**
 * Extra fields of zip entries (APPNOTE 6.3.10 section 4.5), of which readers of streams go by those
 * before the content and most others by those of the directory: sizes above 4 GiB and second names.
 */
import type { Entry } from 'yauzl';

/** Info-ZIP's second name for the same entry, which some readers prefer. */
const UNICODE_PATH = 0x7075;
/** Sizes and offset where the fixed fields have no room for them. */
const ZIP64 = 0x0001;
/** In place of such a size. */
const IN_ZIP64 = 0xffffffff;

/** What the header before the content says, as it stands there. */
export interface LocalFields {
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly extraField: Uint8Array;
}

interface Field {
  readonly id: number;
  readonly data: Buffer;
}

/** A clause for each thing about which readers disagree: none of an ordinary entry. */
export function* oddExtraFields(
  row: Entry,
  local: LocalFields,
  unknownYet: boolean,
): Iterable<string> {
  const { fields, isSound } = fieldsOf(local.extraField);
  if (!isSound) yield 'has an extra field in its own header that goes on behind its end';
  if (hasTwoNames(row.extraFields)) yield 'has a second name in an extra field';
  if (hasTwoNames(fields)) yield 'has a second name in an extra field of its own header';
  if (ofZip64(row.extraFields).length > 1) yield 'has its zip64 sizes twice in the directory';
  const large = ofZip64(fields);
  if (large.length > 1) yield 'has its zip64 sizes twice in its own header';
  const [sizeBytes, packedBytes] = large[0] === undefined ? [] : sizesOf(large[0]);
  const agrees = (fixed: number, long: number | undefined, expected: number) =>
    long === expected || (long === undefined && fixed !== IN_ZIP64) || (unknownYet && long === 0);
  if (
    !agrees(local.uncompressedSize, sizeBytes, row.uncompressedSize) ||
    !agrees(local.compressedSize, packedBytes, row.compressedSize)
  ) {
    yield 'the zip64 sizes in its own header and the directory disagree';
  }
}

function hasTwoNames(fields: readonly { readonly id: number }[]): boolean {
  return fields.some(({ id }) => id === UNICODE_PATH);
}

function ofZip64<T extends { readonly id: number }>(fields: readonly T[]): readonly T[] {
  return fields.filter(({ id }) => id === ZIP64);
}

/** Before the content both sizes are there (section 4.5.3), unpacked first. */
function sizesOf({ data }: Field): (number | undefined)[] {
  return [0, 8].map((at) => (at + 8 <= data.length ? Number(data.readBigUInt64LE(at)) : undefined));
}

/** Sound with fewer than four zeroes behind the last field: tools align contents with them. */
function fieldsOf(bytes: Uint8Array): {
  readonly fields: readonly Field[];
  readonly isSound: boolean;
} {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const fields: Field[] = [];
  let at = 0;
  while (at + 4 <= buffer.length) {
    const end = at + 4 + buffer.readUInt16LE(at + 2);
    if (end > buffer.length) break;
    fields.push({ id: buffer.readUInt16LE(at), data: buffer.subarray(at + 4, end) });
    at = end;
  }
  return { fields, isSound: buffer.subarray(at).every((byte) => byte === 0) };
}
