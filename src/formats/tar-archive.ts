/**
 * Reads .tar.gz. Written by hand although libraries exist: readers that skip what they do not
 * understand (records, types, bytes behind the end) see another tree than the installer does, and
 * cannot say that they skipped. Here everything that is not understood is refused. The tests hold
 * it against an independent library.
 */
import {
  type ArchiveEntry,
  type ArchiveLimits,
  archiveLimit,
  assertEntrySize,
  DEFAULT_ARCHIVE_LIMITS,
  malformedArchive,
} from './archive-entry.ts';
import { type ArchivePaths, assertPathLength, createArchivePaths } from './archive-paths.ts';
import { type ByteCursor, createByteCursor } from './byte-cursor.ts';
import { gunzip } from './gzip.ts';
import {
  decodePaxRecords,
  decodeTarHeader,
  decodeText,
  TAR_BLOCK_BYTES,
  type TarHeader,
} from './tar-header.ts';
import { quoteForeign } from './text.ts';

/** Above what honest pax records and long names take; they are held in memory. */
const EXTENSION_BYTES = 64 * 1024;

/** Extension headers in a row that one entry may have; honest packers write at most three. */
const MAX_EXTENSIONS = 8;

const KINDS: Readonly<Record<string, ArchiveEntry['kind']>> = {
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'other',
  '4': 'other',
  '5': 'directory',
  '6': 'other',
};

/** What extension headers say about the entry that follows. */
interface Extensions {
  path?: string;
  linkTarget?: string;
  sizeBytes?: number;
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
  const chunks = gunzip(source, limits);
  try {
    const cursor = createByteCursor(chunks);
    const paths = createArchivePaths(limits);
    for (let count = 1; ; count += 1) {
      if (count > limits.entries + 1) {
        throw archiveLimit('the archive', `holds more than ${limits.entries} entries`);
      }
      const entry = await readEntry(cursor, paths, limits);
      if (entry === undefined) break;
      yield entry;
    }
    await expectZeroes(cursor);
  } finally {
    await chunks.return();
  }
}

/** Undefined at the block of zeroes that ends the archive. */
async function readEntry(
  cursor: ByteCursor,
  paths: ArchivePaths,
  limits: ArchiveLimits,
): Promise<ArchiveEntry | undefined> {
  const extensions: Extensions = {};
  for (let count = 0; count <= MAX_EXTENSIONS; count += 1) {
    const where = `offset ${cursor.offset()}`;
    const block = await takeWhole(cursor, TAR_BLOCK_BYTES, where);
    if (block.every((byte) => byte === 0)) {
      if (count > 0) throw malformedArchive(where, 'an extension header has no entry after it');
      return undefined;
    }
    const header = decodeTarHeader(block, where);
    if (!(await readExtension(header, cursor, where, extensions))) {
      return readMember(header, extensions, { cursor, paths, limits });
    }
  }
  throw malformedArchive(
    `offset ${cursor.offset()}`,
    `more than ${MAX_EXTENSIONS} extension headers in a row`,
  );
}

/** Whether `header` was an extension header; then its body has been read into `into`. */
async function readExtension(
  header: TarHeader,
  cursor: ByteCursor,
  where: string,
  into: Extensions,
): Promise<boolean> {
  if (!'xgLK'.includes(header.type)) return false;
  if (header.sizeBytes > EXTENSION_BYTES) {
    throw archiveLimit(
      where,
      `has a header extension of ${header.sizeBytes} bytes, at most ${EXTENSION_BYTES} are read`,
    );
  }
  const body = await takePadded(cursor, header.sizeBytes, where);
  if (header.type === 'L') extend(into, 'path', decodeText(body, where, 'long name'), where);
  else if (header.type === 'K') {
    extend(into, 'linkTarget', decodeText(body, where, 'long link name'), where);
  } else applyPax(decodePaxRecords(body, where), header.type, where, into);
  return true;
}

/** Which of two long names counts is another thing that readers disagree about. */
function extend<K extends keyof Extensions>(
  into: Extensions,
  key: K,
  value: Extensions[K],
  where: string,
): void {
  if (into[key] !== undefined) {
    throw malformedArchive(where, `two extension headers give the ${key} of one entry`);
  }
  into[key] = value;
}

function applyPax(
  records: ReadonlyMap<string, string>,
  type: string,
  where: string,
  into: Extensions,
): void {
  for (const [key, value] of records) {
    const changesEntry =
      ['path', 'linkpath', 'size'].includes(key) ||
      key.startsWith('GNU.sparse.') ||
      (key === 'hdrcharset' && value !== 'ISO-IR 10646 2000 UTF-8');
    if (!changesEntry) continue;
    // Readers disagree about global values, empty values and sparse files.
    const understood = type === 'x' && value !== '' && /^(path|linkpath|size)$/.test(key);
    if (!understood || (key === 'size' && !/^\d{1,15}$/.test(value))) {
      throw malformedArchive(where, `the pax record ${quoteForeign(key)} is not one that we read`);
    }
    if (key === 'path') extend(into, 'path', value, where);
    else if (key === 'linkpath') extend(into, 'linkTarget', value, where);
    else extend(into, 'sizeBytes', Number(value), where);
  }
}

async function readMember(
  header: TarHeader,
  extensions: Extensions,
  { cursor, paths, limits }: { cursor: ByteCursor; paths: ArchivePaths; limits: ArchiveLimits },
): Promise<ArchiveEntry> {
  const raw = extensions.path ?? header.name;
  const where = `entry ${quoteForeign(raw)}`;
  const kind = KINDS[header.type];
  if (kind === undefined) {
    throw malformedArchive(
      where,
      `has the tar type ${quoteForeign(header.type)}, which is not read`,
    );
  }
  const path = paths.add(raw, kind);
  const sizeBytes = header.sizeBytes;
  // A reader that overlooks the pax size would take content for headers.
  if (extensions.sizeBytes !== undefined && extensions.sizeBytes !== sizeBytes) {
    throw malformedArchive(
      where,
      `has ${sizeBytes} bytes by its header and ${extensions.sizeBytes} by its pax record`,
    );
  }
  if (kind !== 'file' && sizeBytes !== 0) {
    throw malformedArchive(where, `is a ${kind} with ${sizeBytes} bytes of content, expected none`);
  }
  // Some readers make a folder of it, some a file.
  if (kind === 'file' && raw.endsWith('/')) {
    throw malformedArchive(where, 'is a file whose name ends in "/"');
  }
  assertEntrySize(sizeBytes, limits, path);
  const content = await takePadded(cursor, sizeBytes, where);
  const linkTarget = extensions.linkTarget ?? header.linkName;
  assertPathLength(linkTarget, limits);
  const link = kind === 'symlink' || kind === 'hardlink' ? { linkTarget } : {};
  return { path, kind, mode: header.mode, sizeBytes, ...link, content };
}

async function takeWhole(cursor: ByteCursor, size: number, where: string): Promise<Uint8Array> {
  const bytes = await cursor.take(size);
  if (bytes.length < size) {
    throw malformedArchive(
      where,
      `the tar data ends early: expected ${size} bytes, found ${bytes.length}`,
    );
  }
  return bytes;
}

/** The content, after which the padding to a whole block has been read too. */
async function takePadded(cursor: ByteCursor, size: number, where: string): Promise<Uint8Array> {
  const bytes = await takeWhole(cursor, size, where);
  await takeWhole(cursor, (TAR_BLOCK_BYTES - (size % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES, where);
  return bytes;
}

/** Data behind the end is read by some unpackers and not by others. */
async function expectZeroes(cursor: ByteCursor): Promise<void> {
  for (;;) {
    const at = cursor.offset();
    const bytes = await cursor.take(64 * 1024);
    if (bytes.length === 0) return;
    if (bytes.some((byte) => byte !== 0)) {
      throw malformedArchive(`offset ${at}`, 'data follows the end of the tar archive');
    }
  }
}
