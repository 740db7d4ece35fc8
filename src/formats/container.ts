/** One container of whichever format, opened with its oddities among its members. */
import {
  type ArchiveEntry,
  type ArchiveLimits,
  type ArchiveMember,
  archiveLimit,
  malformedArchive,
} from './archive-entry.ts';
import type { ArchiveOddity, ReportOddity } from './archive-oddity.ts';
import { createRemarks, REMARKS_BYTES, readRemark } from './archive-remarks.ts';
import { createByteCursor } from './byte-cursor.ts';
import { bunzip2 } from './bzip2.ts';
import {
  CONTAINER_HEAD_BYTES,
  type ContainerFormat,
  detectContainer,
  isReadable,
} from './container-format.ts';
import { reportHiddenTar } from './hidden-tar.ts';
import { type RandomAccess, readSequentially, sliceOf } from './random-access.ts';
import { readTar } from './tar-archive.ts';
import { unxz } from './xz.ts';
import { readZipMembers } from './zip-archive.ts';
import { gunzip, unbrotli, unzstd } from './zlib-stream.ts';

/** What comes out of a container, in order: oddities stand before what they are about, or at the
 * end. The content of an entry is good until the next part is asked for. */
export type ContainerPart = ArchiveMember | ArchiveEntry | ArchiveOddity;

/** How to open one. `name` is the path of what a compressed single file holds. */
export interface ContainerOptions {
  readonly limits: ArchiveLimits;
  readonly name: string;
}

type StreamFormat = Exclude<ContainerFormat, 'zip'>;

/**
 * The members of the container that `source` is, by its first bytes. Throws 'malformed-archive'
 * (none that we read, or none that can be read on) and 'limit-exceeded'.
 */
export async function* readContainer(
  source: RandomAccess,
  options: ContainerOptions,
): AsyncGenerator<ContainerPart, void, undefined> {
  const head = await source.read(0, Math.min(CONTAINER_HEAD_BYTES, source.sizeBytes));
  const format = detectContainer(head);
  if (format === 'zip') yield* readZipContainer(source, options);
  else if (format !== undefined && isReadable(format)) {
    if (await isZipToo(source)) yield ZIP_TOO;
    yield* readStreamContainer(format, readSequentially(source), options);
  } else {
    const begins = Buffer.from(head.subarray(0, 4)).toString('hex') || '(none)';
    throw malformedArchive('the archive', `expected one, begins with the bytes ${begins}`);
  }
}

/** pip before 26 takes whatever ends as a zip file for one, and unpacks that instead. */
const ZIP_TOO: ArchiveOddity = {
  code: 'header-disagreement',
  where: 'the archive',
  problem:
    'is a zip file by its end, which some installers go by, and another archive by its begin',
};

/** Whether the end leads to the directory of a zip file; the letters alone stand there by chance too. */
async function isZipToo(source: RandomAccess): Promise<boolean> {
  const found = await findEndRecord(source);
  if (found === undefined) return false;
  const start = found.at - found.record.readUInt32LE(12);
  const reads = async (at: number, magic: string) =>
    at >= 0 && Buffer.from(await source.read(at, 4)).toString('latin1') === magic;
  return (await reads(start, 'PK\x01\x02')) || (await reads(found.at - 76, 'PK\x06\x06'));
}

/** The members of a zip file, which may have bytes of others before and behind it. */
export function readZipContainer(
  source: RandomAccess,
  { limits }: ContainerOptions,
): AsyncGenerator<ContainerPart, void, undefined> {
  return withOddities(async function* (report) {
    yield* readZipMembers(await trimZip(source, report), limits, report);
  });
}

/** The members of a container that is read from its begin to its end. */
export function readStreamContainer(
  format: StreamFormat,
  chunks: AsyncIterable<Uint8Array>,
  { limits, name }: ContainerOptions,
): AsyncGenerator<ContainerPart, void, undefined> {
  return withOddities(async function* (report) {
    if (format === 'tar') {
      yield* readTar(bounded(chunks, limits), limits, report);
      return;
    }
    const unpacked = DECOMPRESSORS[format](chunks, limits, report);
    try {
      const cursor = createByteCursor(unpacked);
      const head = await cursor.take(CONTAINER_HEAD_BYTES);
      const rest = chain(head, cursor.takeSome, Number.POSITIVE_INFINITY);
      if (detectContainer(head) === 'tar') yield* readTar(rest, limits, report);
      else {
        const body = reportHiddenTar(rest, report);
        yield { path: name, kind: 'file', mode: 0o644, sizeBytes: null, body };
      }
    } finally {
      await unpacked.return();
    }
  });
}

const DECOMPRESSORS = {
  gzip: gunzip,
  bzip2: bunzip2,
  xz: unxz,
  zstd: unzstd,
  brotli: unbrotli,
} as const;

/** `head` and then what `takeSome` gives, in pieces of `stepBytes` or less. */
export async function* chain(
  head: Uint8Array,
  takeSome: (sizeBytes: number) => Promise<Uint8Array>,
  stepBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (head.length > 0) yield head;
  for (;;) {
    const piece = await takeSome(stepBytes);
    if (piece.length === 0) return;
    yield piece;
  }
}

async function* bounded(
  chunks: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.unpackedBytes) {
      const problem = `has more than ${limits.unpackedBytes} bytes`;
      throw archiveLimit('the archive', problem, 'unpackedBytes');
    }
    yield chunk;
  }
}

/** Puts what is reported among what is yielded; all of it has come before an error does. */
async function* withOddities(
  open: (report: ReportOddity) => AsyncGenerator<ArchiveMember | ArchiveEntry, void, undefined>,
): AsyncGenerator<ContainerPart, void, undefined> {
  const waiting: ArchiveOddity[] = [];
  let failure: { readonly error: unknown } | null = null;
  const members = open((oddity) => waiting.push(oddity));
  try {
    for await (const member of members) {
      if (waiting.length > 0) yield* waiting.splice(0);
      yield member;
    }
  } catch (error) {
    failure = { error };
  }
  yield* waiting.splice(0);
  if (failure !== null) throw failure.error;
}

const END_RECORD_BYTES = 22;
const COMMENT_MAX_BYTES = 0xffff;

/** The zip file alone: readers find it from its end, so it may stand behind a picture. */
async function trimZip(source: RandomAccess, report: ReportOddity): Promise<RandomAccess> {
  const found = await findEndRecord(source);
  if (found === undefined) return source;
  const { at, record } = found;
  const directoryBytes = record.readUInt32LE(12);
  const directoryOffset = record.readUInt32LE(16);
  const remarks = createRemarks(report, REMARKS_BYTES);
  const isZip64 = directoryBytes === 0xffffffff || directoryOffset === 0xffffffff;
  const leading = isZip64 ? 0 : at - directoryBytes - directoryOffset;
  const end = Math.min(source.sizeBytes, at + END_RECORD_BYTES + record.readUInt16LE(20));
  if (leading > 0) {
    const problem = `${leading} bytes stand before the zip data`;
    report({ code: 'trailing-data', where: 'the archive', problem });
    const what = 'what stands before the zip data';
    remarks.add({ where: 'offset 0', what }, await readRemark(source, 0, leading));
  }
  if (end < source.sizeBytes) {
    const where = `offset ${end}`;
    const problem = `${source.sizeBytes - end} bytes follow the end of the zip data`;
    report({ code: 'trailing-data', where, problem });
    const what = 'what follows the end of the zip data';
    remarks.add({ where, what }, await readRemark(source, end, source.sizeBytes));
  }
  return sliceOf(source, Math.max(0, leading), end);
}

/** The last end record of a zip file in the last bytes of `source`; undefined when there is none. */
async function findEndRecord(
  source: RandomAccess,
): Promise<{ readonly at: number; readonly record: Buffer } | undefined> {
  const length = Math.min(source.sizeBytes, END_RECORD_BYTES + COMMENT_MAX_BYTES);
  const tail = Buffer.from(await source.read(source.sizeBytes - length, length));
  const index = tail.lastIndexOf('PK\x05\x06', tail.length - END_RECORD_BYTES, 'latin1');
  if (index < 0 || tail.length < END_RECORD_BYTES) return undefined;
  return { at: source.sizeBytes - length + index, record: tail.subarray(index, index + 22) };
}
