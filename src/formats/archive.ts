import {
  type ArchiveEntry,
  type ArchiveLimits,
  DEFAULT_ARCHIVE_LIMITS,
  malformedArchive,
} from './archive-entry.ts';
import { bytesAsRandomAccess, type RandomAccess, readSequentially } from './random-access.ts';
import { readTarGz } from './tar-archive.ts';
import { readZip } from './zip-archive.ts';

/** The archive formats that the registries serve. */
export type ArchiveKind = 'tar.gz' | 'zip';

/** Bytes that `detectArchiveKind` wants to see. */
const ARCHIVE_MAGIC_BYTES = 4;

/**
 * The format by its first bytes, never by a name; undefined when it is none of ours. Three bytes
 * tell gzip (RFC 1952 section 2.3), four tell zip (APPNOTE 4.3.7, 4.3.16 when empty).
 */
function detectArchiveKind(head: Uint8Array): ArchiveKind | undefined {
  const magic = Buffer.from(head.subarray(0, ARCHIVE_MAGIC_BYTES)).toString('latin1');
  if (magic.startsWith('\x1f\x8b\x08')) return 'tar.gz';
  return magic === 'PK\x03\x04' || magic === 'PK\x05\x06' ? 'zip' : undefined;
}

/**
 * The entries of an archive of whichever kind; of `expected` only, when that is given. Throws as
 * `readTarGz` and `readZip` do, and 'malformed-archive' when it is neither or not the expected one.
 */
export async function* readArchive(
  source: Uint8Array | RandomAccess,
  options: { readonly limits?: ArchiveLimits; readonly expected?: ArchiveKind } = {},
): AsyncGenerator<ArchiveEntry, void, undefined> {
  const { limits = DEFAULT_ARCHIVE_LIMITS, expected } = options;
  const bytes = source instanceof Uint8Array ? bytesAsRandomAccess(source) : source;
  const head = await bytes.read(0, Math.min(ARCHIVE_MAGIC_BYTES, bytes.sizeBytes));
  const kind = detectArchiveKind(head);
  if (kind === undefined || (expected !== undefined && kind !== expected)) {
    const begins = `begins with the bytes ${Buffer.from(head).toString('hex') || '(none)'}`;
    throw malformedArchive('the archive', `expected ${expected ?? 'tar.gz or zip'}, ${begins}`);
  }
  if (kind === 'zip') yield* readZip(bytes, limits);
  else yield* readTarGz(readSequentially(bytes), limits);
}
