/**
 * The directory of a zip file (APPNOTE 6.3.10), read by yauzl and then held against the bytes:
 * every byte belongs to exactly one entry, to the directory or to its end, and what stands before
 * an entry's data agrees with the directory. Otherwise two unpackers could see two trees.
 */
import { Readable } from 'node:stream';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { type ArchiveLimits, archiveLimit, malformedArchive } from './archive-entry.ts';
import type { OddityCode, ReportOddity } from './archive-oddity.ts';
import {
  type ArchiveRemarks,
  createRemarks,
  REMARKS_BYTES,
  readRemark,
} from './archive-remarks.ts';
import { type RandomAccess, readSequentially } from './random-access.ts';
import { quoteForeign } from './text.ts';
import { oddExtraFields } from './zip-extra-field.ts';

/** One row of the directory. */
export interface ZipMember {
  readonly name: string;
  /** `sealed` is encrypted, or packed by a method that we do not read. */
  readonly method: 'stored' | 'deflated' | 'sealed';
  readonly crc32: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly unixMode: number;
  readonly dataOffset: number;
}

/** Traditional, strong, and of the directory (bits 0, 6 and 13). */
const ENCRYPTED = 0x1 | 0x40 | 0x2000;
const DESCRIPTOR = 0x8;
const UTF8 = 0x800;
/** Bits 1 and 2 only tell how hard the packer tried. */
const KNOWN_FLAGS = 0x6 | DESCRIPTOR | UTF8;
/** The directory is held in memory; 100,000 ordinary rows take a tenth of this. */
const DIRECTORY_BYTES = 64 * 1024 * 1024;
/** The system of an entry whose attributes are Unix modes; some readers take them so from others. */
const UNIX = 3;
/** The kind of file in the first four bits of a Unix mode. */
const LINK = 0o12;
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The members in the directory's order. Throws 'malformed-archive' and 'limit-exceeded'; errors of
 * `source` other than RangeError pass through as causes of 'malformed-archive'. Where `report`
 * returns, the directory counts and not what disagrees with it.
 */
export async function readZipDirectory(
  source: RandomAccess,
  limits: ArchiveLimits,
  report: ReportOddity,
): Promise<readonly ZipMember[]> {
  const zip = await openZip(source);
  // Its type says boolean; it is the offset of the directory until the first entry is read.
  const start = Number(zip.readEntryCursor);
  if (zip.entryCount > limits.entries) {
    throw archiveLimit('the archive', `holds more than ${limits.entries} entries`, 'entries');
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
  const remarks = createRemarks(report, REMARKS_BYTES);
  const directory = { start, end: Number(zip.readEntryCursor), rows: rows.length };
  await checkEnd(source, directory, report, remarks);
  const members = new Map<Entry, ZipMember>();
  let expectedOffset = 0;
  for (const row of rows.toSorted(byOffset)) {
    const name = nameOf(row, report);
    const where = `entry ${quoteForeign(name)}`;
    const odd: Odd = (code, problem) => report({ code, where, problem, path: name });
    if (row.relativeOffsetOfLocalHeader !== expectedOffset) {
      const found = row.relativeOffsetOfLocalHeader;
      const code = found > expectedOffset ? 'trailing-data' : 'header-disagreement';
      odd(code, `expected at offset ${expectedOffset}, found at ${found}`);
      const between = { where, what: 'what stands before it and belongs to no entry', path: name };
      remarks.add(between, await readRemark(source, expectedOffset, found));
    }
    const note = (what: string, bytes: Uint8Array) =>
      remarks.add({ where, what, path: name }, bytes);
    note('its comment', row.fileCommentRaw);
    note('an extra field of it', row.extraFieldRaw);
    const member = await readLocal(zip, row, name, { odd, note });
    const dataEnd = member.dataOffset + member.packedBytes;
    expectedOffset = dataEnd + (await descriptorLength(source, row, dataEnd, odd));
    members.set(row, member);
  }
  if (expectedOffset !== start) {
    const problem = `entries end at offset ${expectedOffset}, the directory begins at ${start}`;
    const where = 'the archive';
    report({ code: 'trailing-data', where, problem });
    const what = 'what stands before the zip directory';
    remarks.add({ where, what }, await readRemark(source, expectedOffset, start));
  }
  return rows.flatMap((row) => members.get(row) ?? []);
}

/** Reports about one entry. */
type Odd = (code: OddityCode, problem: string) => void;
/** Hands on what is no content of it. */
type Note = (what: string, bytes: Uint8Array) => void;

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

function nameOf(row: Entry, report: ReportOddity): string {
  const raw: Uint8Array = row.fileNameRaw;
  const where = `entry at offset ${row.relativeOffsetOfLocalHeader}`;
  const isAscii = raw.every((byte) => byte < 0x80);
  if (!isAscii && (row.generalPurposeBitFlag & UTF8) === 0) {
    const problem = 'its name is neither ASCII nor marked as UTF-8';
    report({ code: 'header-disagreement', where, problem });
  }
  try {
    return STRICT.decode(raw);
  } catch {
    const problem = 'its name is not valid UTF-8';
    report({ code: 'header-disagreement', where, problem });
    return Buffer.from(raw).toString('latin1');
  }
}

/** Reports content that nobody can read. */
function methodOf(row: Entry, odd: Odd): ZipMember['method'] {
  const flags = row.generalPurposeBitFlag;
  if ((flags & ENCRYPTED) !== 0) {
    odd('encrypted', 'is encrypted');
    return 'sealed';
  }
  if ((flags & ~KNOWN_FLAGS) !== 0) {
    odd('method', `has zip flags 0x${flags.toString(16)} that are not read`);
    return 'sealed';
  }
  const method = row.compressionMethod;
  if (method === 0) return 'stored';
  if (method === 8) return 'deflated';
  odd('method', `is compressed by method ${method}, expected 0 or 8`);
  return 'sealed';
}

async function readLocal(
  zip: ZipFile,
  row: Entry,
  name: string,
  { odd, note }: { readonly odd: Odd; readonly note: Note },
): Promise<ZipMember> {
  const method = methodOf(row, odd);
  const local = await zip.readLocalFileHeaderPromise(row).catch((error: unknown) => {
    throw zipError(error);
  });
  const flags = row.generalPurposeBitFlag;
  const unknownYet = (flags & DESCRIPTOR) !== 0;
  const agrees = (found: number, expected: number) =>
    found === expected || (unknownYet && found === 0);
  // 0xffffffff stands for a size that is in an extra field, which is compared below
  const agreesSize = (found: number, expected: number) =>
    found === 0xffffffff || agrees(found, expected);
  if (!local.fileName.equals(row.fileNameRaw)) {
    const found = quoteForeign(local.fileName.toString('latin1'));
    odd('header-disagreement', `its own header names it ${found}`);
    note('the name in its own header', local.fileName);
  }
  note('an extra field of its own header', local.extraField);
  if (
    local.generalPurposeBitFlag !== flags ||
    local.compressionMethod !== row.compressionMethod ||
    !agrees(local.crc32, row.crc32) ||
    !agreesSize(local.compressedSize, row.compressedSize) ||
    !agreesSize(local.uncompressedSize, row.uncompressedSize)
  ) {
    odd('header-disagreement', 'its own header and the directory disagree');
  }
  for (const problem of oddExtraFields(row, local, unknownYet)) odd('header-disagreement', problem);
  if (row.versionMadeBy >> 8 !== UNIX && row.externalFileAttributes >>> 28 === LINK) {
    odd('header-disagreement', 'is a link by a Unix mode, and of a system that has none');
  }
  return {
    name,
    method,
    crc32: row.crc32,
    packedBytes: row.compressedSize,
    sizeBytes: row.uncompressedSize,
    unixMode: row.versionMadeBy >> 8 === UNIX ? row.externalFileAttributes >>> 16 : 0,
    dataOffset: local.fileDataStart,
  };
}

/** Section 4.3.9: with or without signature, with sizes of 4 or 8 bytes. */
async function descriptorLength(
  source: RandomAccess,
  row: Entry,
  offset: number,
  odd: Odd,
): Promise<number> {
  if ((row.generalPurposeBitFlag & DESCRIPTOR) === 0) return 0;
  const length = Math.max(0, Math.min(24, source.sizeBytes - offset));
  const bytes = Buffer.from(await source.read(offset, length));
  const body = descriptorBodies(row).find((one) => bytes.indexOf(one) === 0);
  if (body !== undefined) return body.length;
  const signed = descriptorBodies(row).find(
    (one) => bytes.toString('latin1', 0, 4) === 'PK\x07\x08' && bytes.indexOf(one) === 4,
  );
  if (signed !== undefined) return 4 + signed.length;
  odd('header-disagreement', 'the data descriptor behind it and the directory disagree');
  return 0;
}

function descriptorBodies(row: Entry): readonly Buffer[] {
  const long = Buffer.alloc(20);
  long.writeUInt32LE(row.crc32, 0);
  long.writeBigUInt64LE(BigInt(row.compressedSize), 4);
  long.writeBigUInt64LE(BigInt(row.uncompressedSize), 12);
  const short = Buffer.concat([long.subarray(0, 8), long.subarray(12, 16)]);
  return [long, short];
}

interface Directory {
  readonly start: number;
  readonly end: number;
  readonly rows: number;
}

/** Between `end` of the directory and the end of the file stands the end record and nothing else. */
async function checkEnd(
  source: RandomAccess,
  { start, end, rows }: Directory,
  report: ReportOddity,
  remarks: ArchiveRemarks,
): Promise<void> {
  const where = `offset ${end}`;
  const disagree = (problem: string) => report({ code: 'header-disagreement', where, problem });
  const tail = Buffer.from(await source.read(end, Math.max(0, source.sizeBytes - end)));
  const isZip64 = tail.subarray(0, 4).equals(ZIP64_END);
  const record = tail.subarray(isZip64 ? 76 : 0);
  if (record.length < 22 || record.readUInt32LE(0) !== 0x06054b50) {
    disagree('expected the end record of the zip directory right there');
    return;
  }
  if (record.length !== 22) {
    const problem = `${record.length - 22} bytes follow the end record`;
    report({ code: 'trailing-data', where, problem });
    remarks.add({ where, what: 'the comment of the zip file' }, record.subarray(22));
  }
  if (isZip64 && !agreesZip64(tail, { start, end, rows })) {
    disagree('the zip64 end record and the directory disagree');
  }
  const agrees = (found: number, expected: number, unset: number) =>
    found === expected || (isZip64 && found === unset);
  if (
    !agrees(record.readUInt16LE(8), rows, 0xffff) ||
    !agrees(record.readUInt16LE(10), rows, 0xffff) ||
    !agrees(record.readUInt32LE(12), end - start, 0xffffffff) ||
    !agrees(record.readUInt32LE(16), start, 0xffffffff)
  ) {
    disagree('the end record and the directory disagree');
  }
}

const ZIP64_END = Buffer.from([0x50, 0x4b, 0x06, 0x06]);

/** `tail` begins with the zip64 end record; its locator and the end record follow. */
function agreesZip64(tail: Buffer, { start, end, rows }: Directory): boolean {
  const expected: readonly (readonly [number, number])[] = [
    [4, 44],
    [24, rows],
    [32, rows],
    [40, end - start],
    [48, start],
    [56 + 8, end],
  ];
  const agree = expected.every(([at, value]) => tail.readBigUInt64LE(at) === BigInt(value));
  return agree && tail.readUInt32LE(56) === 0x07064b50;
}
