/**
 * The directory of a zip file (APPNOTE 6.3.10), read by yauzl and then held against the bytes:
 * every byte belongs to exactly one entry, to the directory or to its end, and what stands before
 * an entry's data agrees with the directory. Otherwise two unpackers could see two trees.
 */
import { Readable } from 'node:stream';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { type ArchiveLimits, archiveLimit, malformedArchive } from './archive-entry.ts';
import { type RandomAccess, readSequentially } from './random-access.ts';
import { quoteForeign } from './text.ts';

/** One row of the directory. */
export interface ZipMember {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly crc32: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly unixMode: number;
  readonly dataOffset: number;
}

const ENCRYPTED = 0x1;
const DESCRIPTOR = 0x8;
const UTF8 = 0x800;
/** Bits 1 and 2 only tell how hard the packer tried. */
const KNOWN_FLAGS = 0x6 | DESCRIPTOR | UTF8;
/** Info-ZIP's second name for the same entry, which some readers prefer. */
const UNICODE_PATH = 0x7075;
/** The directory is held in memory; 100,000 ordinary rows take a tenth of this. */
const DIRECTORY_BYTES = 64 * 1024 * 1024;
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The members in the directory's order. Throws 'malformed-archive' and 'limit-exceeded'; errors of
 * `source` other than RangeError pass through as causes of 'malformed-archive'.
 */
export async function readZipDirectory(
  source: RandomAccess,
  limits: ArchiveLimits,
): Promise<readonly ZipMember[]> {
  const zip = await openZip(source);
  // Its type says boolean; it is the offset of the directory until the first entry is read.
  const start = Number(zip.readEntryCursor);
  if (zip.entryCount > limits.entries) {
    throw archiveLimit('the archive', `holds more than ${limits.entries} entries`);
  }
  if (source.sizeBytes - start > DIRECTORY_BYTES) {
    throw archiveLimit('the archive', `has a directory above ${DIRECTORY_BYTES} bytes`);
  }
  const rows: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) rows.push(entry);
  } catch (error) {
    throw zipError(error);
  }
  await assertEnd(source, start, Number(zip.readEntryCursor), rows.length);
  const members = new Map<Entry, ZipMember>();
  let expectedOffset = 0;
  for (const row of rows.toSorted(byOffset)) {
    const name = nameOf(row);
    const where = `entry ${quoteForeign(name)}`;
    if (row.relativeOffsetOfLocalHeader !== expectedOffset) {
      const found = row.relativeOffsetOfLocalHeader;
      throw malformedArchive(where, `expected at offset ${expectedOffset}, found at ${found}`);
    }
    const member = await readLocal(zip, row, name);
    const dataEnd = member.dataOffset + member.packedBytes;
    expectedOffset = dataEnd + (await descriptorLength(source, row, dataEnd, where));
    members.set(row, member);
  }
  if (expectedOffset !== start) {
    throw malformedArchive(
      'the archive',
      `entries end at offset ${expectedOffset}, the directory begins at ${start}`,
    );
  }
  return rows.flatMap((row) => members.get(row) ?? []);
}

function byOffset(left: Entry, right: Entry): number {
  return left.relativeOffsetOfLocalHeader - right.relativeOffsetOfLocalHeader;
}

class SourceReader extends RandomAccessReader {
  readonly #source: RandomAccess;

  constructor(source: RandomAccess) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(): Readable {
    return Readable.from(readSequentially(this.#source));
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    if (length === 0) {
      queueMicrotask(() => callback(null));
      return;
    }
    this.#source.read(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        callback(null);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
  }
}

async function openZip(source: RandomAccess): Promise<ZipFile> {
  try {
    return await fromRandomAccessReaderPromise(new SourceReader(source), source.sizeBytes, {
      decodeStrings: false,
      autoClose: false,
    });
  } catch (error) {
    throw zipError(error);
  }
}

function zipError(error: unknown): Error {
  const problem = error instanceof Error ? error.message : String(error);
  return malformedArchive('the archive', `is no sound zip file: ${problem}`, error);
}

function nameOf(row: Entry): string {
  const raw: Uint8Array = row.fileNameRaw;
  const isAscii = raw.every((byte) => byte < 0x80);
  if (!isAscii && (row.generalPurposeBitFlag & UTF8) === 0) {
    throw malformedArchive(
      `entry at offset ${row.relativeOffsetOfLocalHeader}`,
      'its name is neither ASCII nor marked as UTF-8',
    );
  }
  try {
    return STRICT.decode(raw);
  } catch {
    throw malformedArchive(
      `entry at offset ${row.relativeOffsetOfLocalHeader}`,
      'its name is not valid UTF-8',
    );
  }
}

async function readLocal(zip: ZipFile, row: Entry, name: string): Promise<ZipMember> {
  const where = `entry ${quoteForeign(name)}`;
  const flags = row.generalPurposeBitFlag;
  if ((flags & ENCRYPTED) !== 0) throw malformedArchive(where, 'is encrypted');
  if ((flags & ~KNOWN_FLAGS) !== 0) {
    throw malformedArchive(where, `has zip flags 0x${flags.toString(16)} that are not read`);
  }
  const method = row.compressionMethod;
  if (method !== 0 && method !== 8) {
    throw malformedArchive(where, `is compressed by method ${method}, expected 0 or 8`);
  }
  if (row.extraFields.some((field) => field.id === UNICODE_PATH)) {
    throw malformedArchive(where, 'has a second name in an extra field');
  }
  const local = await zip.readLocalFileHeaderPromise(row).catch((error: unknown) => {
    throw zipError(error);
  });
  const unknownYet = (flags & DESCRIPTOR) !== 0;
  const agrees = (found: number, expected: number) =>
    found === expected || (unknownYet && found === 0) || found === 0xffffffff;
  if (!local.fileName.equals(row.fileNameRaw)) {
    const found = quoteForeign(local.fileName.toString('latin1'));
    throw malformedArchive(where, `its own header names it ${found}`);
  }
  if (
    local.generalPurposeBitFlag !== flags ||
    local.compressionMethod !== method ||
    !agrees(local.crc32, row.crc32) ||
    !agrees(local.compressedSize, row.compressedSize) ||
    !agrees(local.uncompressedSize, row.uncompressedSize)
  ) {
    throw malformedArchive(where, 'its own header and the directory disagree');
  }
  return {
    name,
    method: method === 0 ? 'stored' : 'deflated',
    crc32: row.crc32,
    packedBytes: row.compressedSize,
    sizeBytes: row.uncompressedSize,
    unixMode: row.versionMadeBy >> 8 === 3 ? row.externalFileAttributes >>> 16 : 0,
    dataOffset: local.fileDataStart,
  };
}

/** Section 4.3.9: with or without signature, with sizes of 4 or 8 bytes. */
async function descriptorLength(
  source: RandomAccess,
  row: Entry,
  offset: number,
  where: string,
): Promise<number> {
  if ((row.generalPurposeBitFlag & DESCRIPTOR) === 0) return 0;
  const bytes = Buffer.from(await source.read(offset, Math.min(24, source.sizeBytes - offset)));
  const body = descriptorBodies(row).find((one) => bytes.indexOf(one) === 0);
  if (body !== undefined) return body.length;
  const signed = descriptorBodies(row).find(
    (one) => bytes.toString('latin1', 0, 4) === 'PK\x07\x08' && bytes.indexOf(one) === 4,
  );
  if (signed !== undefined) return 4 + signed.length;
  throw malformedArchive(where, 'the data descriptor behind it and the directory disagree');
}

function descriptorBodies(row: Entry): readonly Buffer[] {
  const long = Buffer.alloc(20);
  long.writeUInt32LE(row.crc32, 0);
  long.writeBigUInt64LE(BigInt(row.compressedSize), 4);
  long.writeBigUInt64LE(BigInt(row.uncompressedSize), 12);
  const short = Buffer.concat([long.subarray(0, 8), long.subarray(12, 16)]);
  return [long, short];
}

/** Between `end` of the directory and the end of the file stands the end record and nothing else. */
async function assertEnd(
  source: RandomAccess,
  start: number,
  end: number,
  rows: number,
): Promise<void> {
  const where = `offset ${end}`;
  const tail = Buffer.from(await source.read(end, Math.max(0, source.sizeBytes - end)));
  const signatureAt = (at: number) =>
    tail.subarray(at, at + 4).equals(Buffer.from([0x50, 0x4b, 0x06, 0x06]));
  const isZip64 = signatureAt(0);
  const at = isZip64 ? 76 : 0;
  const record = tail.subarray(at);
  if (record.length < 22 || record.readUInt32LE(0) !== 0x06054b50) {
    throw malformedArchive(where, 'expected the end record of the zip directory right there');
  }
  if (record.length !== 22) {
    throw malformedArchive(where, `${record.length - 22} bytes follow the end record`);
  }
  if (isZip64) assertZip64(tail, { where, start, end, rows });
  const agrees = (found: number, expected: number, unset: number) =>
    found === expected || (isZip64 && found === unset);
  if (
    !agrees(record.readUInt16LE(8), rows, 0xffff) ||
    !agrees(record.readUInt16LE(10), rows, 0xffff) ||
    !agrees(record.readUInt32LE(12), end - start, 0xffffffff) ||
    !agrees(record.readUInt32LE(16), start, 0xffffffff)
  ) {
    throw malformedArchive(where, 'the end record and the directory disagree');
  }
}

function assertZip64(
  tail: Buffer,
  { where, start, end, rows }: { where: string; start: number; end: number; rows: number },
): void {
  const expected: readonly (readonly [number, number])[] = [
    [4, 44],
    [24, rows],
    [32, rows],
    [40, end - start],
    [48, start],
    [56 + 8, end],
  ];
  const agree = expected.every(([at, value]) => tail.readBigUInt64LE(at) === BigInt(value));
  if (!agree || tail.readUInt32LE(56) !== 0x07064b50) {
    throw malformedArchive(where, 'the zip64 end record and the directory disagree');
  }
}
