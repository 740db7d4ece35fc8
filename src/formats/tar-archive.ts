/**
 * Reads .tar.gz. Written by hand although libraries exist: readers that skip what they do not
 * understand (records, types, bytes behind the end) see another tree than the installer does, and
 * cannot say that they skipped. Here everything that is not understood is refused. The tests hold
 * it against an independent library.
 */
import {
  type ArchiveEntry,
  type ArchiveLimits,
  type ArchiveMember,
  archiveLimit,
  assertEntrySize,
  DEFAULT_ARCHIVE_LIMITS,
  malformedArchive,
} from './archive-entry.ts';
import { type ReportOddity, refuseOddity } from './archive-oddity.ts';
import {
  type ArchivePaths,
  assertPathLength,
  createArchivePaths,
  leadsOut,
} from './archive-paths.ts';
import { type ArchiveRemarks, createRemarks, REMARKS_BYTES } from './archive-remarks.ts';
import { type ByteCursor, collectBytes, createByteCursor } from './byte-cursor.ts';
import { copyBytes } from './bytes.ts';
import { lendMemory, returnMemory } from './gather-memory.ts';
import { addExtension, type Extensions } from './tar-extension.ts';
import { decodeTarHeader, hasTarChecksum, TAR_BLOCK_BYTES, type TarHeader } from './tar-header.ts';
import { addPadding, addPaxRecords, addUnreadFields } from './tar-remarks.ts';
import { quoteForeign } from './text.ts';
import { gunzip } from './zlib-stream.ts';

/** Above what honest pax records and long names take; they are held in memory. */
const EXTENSION_BYTES = 64 * 1024;

/** Extension headers in a row that one entry may have; honest packers write at most three. */
const MAX_EXTENSIONS = 8;

/** Above what nearly all files have: those are gathered in memory, larger ones come in pieces. */
const HELD_BYTES = 8 * 1024 * 1024;

/** To this length, or one more, packers cut the names that stand in an extension too. */
const CUT_NAME_BYTES = 99;

const KINDS: Readonly<Record<string, ArchiveEntry['kind']>> = {
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'other',
  '4': 'other',
  '5': 'directory',
  '6': 'other',
};

/** What reading one archive needs all along. */
interface Reading {
  readonly cursor: ByteCursor;
  readonly paths: ArchivePaths;
  readonly limits: ArchiveLimits;
  readonly report: ReportOddity;
  readonly remarks: ArchiveRemarks;
}

/**
 * The entries of a gzip-compressed tar archive, one at a time and in order; all of it has been
 * checked only when the generator ends. An archive without entries yields nothing.
 * Throws 'malformed-archive' (naming entry or offset) and 'limit-exceeded'.
 */
export async function* readTarGz(
  source: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS,
): AsyncGenerator<ArchiveEntry, void, undefined> {
  for await (const member of readTar(gunzip(source, limits), limits)) {
    if ('content' in member) {
      // what others share is not for keeping
      yield { ...member, content: copyBytes(member.content) };
      continue;
    }
    const { body, sizeBytes, ...entry } = member;
    yield { ...entry, sizeBytes: sizeBytes ?? 0, content: await collectBytes(body) };
  }
}

/**
 * The members of a tar archive, as `readTarGz`. Where `report` returns, reading goes on behind
 * what was odd. What is left of a body when the next member is asked for is skipped. A member of
 * HELD_BYTES or less comes with its bytes: as an entry, in memory that is not its own and is good
 * until the next member is asked for.
 */
export async function* readTar(
  chunks: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
  report: ReportOddity = refuseOddity,
): AsyncGenerator<ArchiveMember | ArchiveEntry, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  const memory = lendMemory();
  try {
    const cursor = createByteCursor(iterator, memory);
    const paths = createArchivePaths(limits, report);
    const reading = { cursor, paths, limits, report, remarks: createRemarks(report) };
    for (let count = 1; ; count += 1) {
      if (count > limits.entries + 1) {
        const problem = `holds more than ${limits.entries} entries`;
        throw archiveLimit('the archive', problem, 'entries');
      }
      const next = await readEntry(reading);
      if (next === undefined) break;
      yield next.member;
      if (next.finish !== null) await next.finish();
    }
    await expectZeroes(cursor, report);
  } finally {
    returnMemory(memory);
    await iterator.return?.();
  }
}

interface Opened {
  readonly member: ArchiveMember | ArchiveEntry;
  /** Skips what is left of the body, and its padding; null where both have been taken. */
  readonly finish: (() => Promise<void>) | null;
}

/** Undefined at the block of zeroes that ends the archive. */
async function readEntry(reading: Reading): Promise<Opened | undefined> {
  const { cursor } = reading;
  const extensions: Extensions = { types: '' };
  for (let count = 0; count <= MAX_EXTENSIONS; count += 1) {
    const where = `offset ${cursor.offset()}`;
    const block =
      cursor.takeNow(TAR_BLOCK_BYTES) ?? (await takeWhole(cursor, TAR_BLOCK_BYTES, where));
    if (block[0] === 0 && block.every((byte) => byte === 0)) {
      if (count > 0) throw malformedArchive(where, 'an extension header has no entry after it');
      return undefined;
    }
    const header = decodeTarHeader(block, where);
    addUnreadFields(block, header, where, reading.remarks);
    if (!'xgLK'.includes(header.type)) return await openMember(header, extensions, reading);
    await readExtension(header, reading, where, extensions);
  }
  throw malformedArchive(
    `offset ${cursor.offset()}`,
    `more than ${MAX_EXTENSIONS} extension headers in a row`,
  );
}

/** Reads the body of an extension header into `into`. */
async function readExtension(
  header: TarHeader,
  { cursor, report, remarks }: Reading,
  where: string,
  into: Extensions,
): Promise<void> {
  if (header.sizeBytes > EXTENSION_BYTES) {
    throw archiveLimit(
      where,
      `has a header extension of ${header.sizeBytes} bytes, at most ${EXTENSION_BYTES} are read`,
    );
  }
  // Some readers skip a header extension that names a link, or nothing.
  if (header.linkName !== '' || header.name === '') {
    throw malformedArchive(where, 'has a header extension with a wrong name');
  }
  const body = await takePadded(cursor, header.sizeBytes, where);
  addExtension({ type: header.type, body, where }, into, report);
  if (header.type === 'x' || header.type === 'g') addPaxRecords(body, where, remarks);
}

async function openMember(
  header: TarHeader,
  extensions: Extensions,
  reading: Reading,
): Promise<Opened> {
  const { paths, limits } = reading;
  const raw = extensions.path ?? header.name;
  const kind = KINDS[header.type];
  if (kind === undefined) {
    throw malformedArchive(
      whereOf(raw),
      `has the tar type ${quoteForeign(header.type)}, which is not read`,
    );
  }
  const path = paths.add(raw, kind);
  const linkTarget = extensions.linkTarget ?? header.linkName;
  const sizeBytes = sizeOf(header, extensions, { raw, kind, path, linkTarget }, reading);
  assertEntrySize(sizeBytes, limits, path);
  assertPathLength(linkTarget, limits);
  reportSpecial(reading.report, { path, kind, linkTarget });
  const isLink = kind === 'symlink' || kind === 'hardlink';
  const plain = { path, kind, mode: header.mode, sizeBytes };
  const facts = isLink ? { ...plain, linkTarget } : plain;
  const paddedBytes = sizeBytes + paddingOf(sizeBytes);
  if (paddedBytes <= HELD_BYTES) await reading.cursor.gather(paddedBytes);
  const padded = reading.cursor.takeNow(paddedBytes);
  if (kind === 'file' && raw !== header.name && header.name.endsWith('/')) {
    reportFolderName(header, { raw, path, head: padded }, reading);
  }
  const placeOf = () => ({ where: whereOf(raw), path });
  if (padded !== undefined) {
    addPadding(padded.subarray(sizeBytes), placeOf, reading.remarks);
    return { member: { ...facts, content: padded.subarray(0, sizeBytes) }, finish: null };
  }
  const { body, finish } = openBody(reading.cursor, sizeBytes, whereOf(raw), (padding) =>
    addPadding(padding, placeOf, reading.remarks),
  );
  return { member: { ...facts, body }, finish };
}

function whereOf(name: string): string {
  return `entry ${quoteForeign(name)}`;
}

/** Bytes that fill the last block. */
function paddingOf(sizeBytes: number): number {
  return (TAR_BLOCK_BYTES - (sizeBytes % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES;
}

function sizeOf(
  header: TarHeader,
  extensions: Extensions,
  {
    raw,
    kind,
    path,
    linkTarget,
  }: { raw: string; linkTarget: string } & Pick<ArchiveEntry, 'kind' | 'path'>,
  { report }: Reading,
): number {
  const sizeBytes = extensions.sizeBytes ?? header.sizeBytes;
  const odd = (problem: string) =>
    report({ code: 'header-disagreement', where: whereOf(raw), problem, path });
  // A reader that overlooks the pax size would take content for headers.
  if (sizeBytes !== header.sizeBytes) {
    odd(`has ${header.sizeBytes} bytes by its header and ${sizeBytes} by its pax record`);
  }
  // A file that some readers skip, some read on into.
  if (kind !== 'file' && sizeBytes !== 0) {
    const problem = `is a ${kind} with ${sizeBytes} bytes of content, expected none`;
    throw malformedArchive(whereOf(raw), problem);
  }
  // Some readers skip such an entry and take its content for headers, some make a link of it.
  if (kind !== 'symlink' && kind !== 'hardlink' && linkTarget !== '') {
    odd(`is a ${kind} that names the target of a link`);
  }
  // Some readers make a folder of it, some a file.
  if (kind === 'file' && raw.endsWith('/')) odd('is a file whose name ends in "/"');
  return sizeBytes;
}

/**
 * Readers that go by the name in the header, and not by the long one before it, take the file for a
 * folder and its content for headers. Where packers cut long names a folder may end by chance: with
 * such a name, readers fail unless the content is an archive.
 */
function reportFolderName(
  { name, isOldType }: TarHeader,
  { raw, path, head }: { raw: string; path: string; head: Uint8Array | undefined },
  { report }: Reading,
): void {
  const isCut = !isOldType && raw.startsWith(name) && Buffer.byteLength(name) >= CUT_NAME_BYTES;
  const isArchive =
    head === undefined ||
    (head.length >= TAR_BLOCK_BYTES && hasTarChecksum(head.subarray(0, TAR_BLOCK_BYTES)));
  if (isCut && !isArchive) return;
  const problem = 'is a file whose header has the name of a folder';
  report({ code: 'header-disagreement', where: whereOf(raw), problem, path });
}

function reportSpecial(
  report: ReportOddity,
  { path, kind, linkTarget }: Pick<ArchiveEntry, 'path' | 'kind'> & { linkTarget: string },
): void {
  if (kind === 'other') {
    report({ code: 'device', where: whereOf(path), problem: 'is a device or a pipe', path });
  } else if (kind === 'symlink' || kind === 'hardlink') {
    const isOutward = leadsOut(path, kind, linkTarget);
    const code = isOutward ? 'outward-link' : 'link';
    const problem = isOutward
      ? `links to ${quoteForeign(linkTarget)}, outside of the archive`
      : `links to ${quoteForeign(linkTarget)}`;
    report({ code, where: whereOf(path), problem, path });
  }
}

function openBody(
  cursor: ByteCursor,
  sizeBytes: number,
  where: string,
  takeRest: (padding: Uint8Array) => void,
) {
  let left = sizeBytes;
  async function take(): Promise<Uint8Array> {
    const piece = await cursor.takeSome(left);
    left -= piece.length;
    if (piece.length > 0) return piece;
    throw endsEarly(where, sizeBytes, sizeBytes - left);
  }
  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    while (left > 0) yield await take();
  }
  return {
    body: read(),
    async finish() {
      while (left > 0) await take();
      takeRest(await takePadding(cursor, sizeBytes, where));
    },
  };
}

async function takeWhole(cursor: ByteCursor, size: number, where: string): Promise<Uint8Array> {
  const bytes = await cursor.take(size);
  if (bytes.length < size) throw endsEarly(where, size, bytes.length);
  return bytes;
}

function endsEarly(where: string, expected: number, found: number): Error {
  return malformedArchive(
    where,
    `the tar data ends early: expected ${expected} bytes, found ${found}`,
  );
}

/** The content, after which the padding has been read too: some readers take it for content. */
async function takePadded(cursor: ByteCursor, size: number, where: string): Promise<Uint8Array> {
  const bytes = await takeWhole(cursor, size, where);
  const padding = await takePadding(cursor, size, where);
  if (padding.some((byte) => byte !== 0)) {
    throw malformedArchive(where, 'has a header extension that goes on behind its end');
  }
  return bytes;
}

async function takePadding(cursor: ByteCursor, size: number, where: string): Promise<Uint8Array> {
  return takeWhole(cursor, paddingOf(size), where);
}

/** Data behind the end is read by some unpackers and not by others. */
async function expectZeroes(cursor: ByteCursor, report: ReportOddity): Promise<void> {
  const remarks = createRemarks(report, REMARKS_BYTES);
  for (let isReported = false; ; ) {
    const where = `offset ${cursor.offset()}`;
    const bytes = await cursor.takeSome(64 * 1024);
    if (bytes.length === 0) return;
    if (!bytes.some((byte) => byte !== 0)) continue;
    remarks.add({ where, what: 'what follows the end of the tar archive' }, bytes);
    if (isReported) continue;
    const problem = 'data follows the end of the tar archive';
    report({ code: 'trailing-data', where, problem });
    isReported = true;
  }
}
