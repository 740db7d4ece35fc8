import { CountersignError } from '../core/errors.ts';
import { quoteForeign } from './text.ts';

/**
 * One member of an archive. `path` is relative, in `/` form, without `.` segments, doubled or
 * trailing slashes. `content` is empty for everything but files. `mode` holds the permission bits
 * (0 to 0o7777). `linkTarget` is there for links only, and has been checked for nothing.
 */
export interface ArchiveEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  readonly mode: number;
  readonly sizeBytes: number;
  readonly linkTarget?: string;
  readonly content: Uint8Array;
}

/**
 * One member of an archive whose bytes have not been read yet. `body` is for one reading, before
 * the next member is asked for; it throws as the archive's reader does. `sizeBytes` is null where
 * the archive does not tell. Bodies of all but files are empty.
 */
export interface ArchiveMember extends Omit<ArchiveEntry, 'content' | 'sizeBytes'> {
  readonly sizeBytes: number | null;
  readonly body: AsyncIterable<Uint8Array>;
}

/** What reading an archive may cost at most; above a bound the reader throws 'limit-exceeded'. */
export interface ArchiveLimits {
  /** Bytes of the archive itself. */
  readonly packedBytes: number;
  /** Bytes of all that comes out of it, tar headers and padding included. */
  readonly unpackedBytes: number;
  /** Bytes of one file; memory is bounded by about twice this. */
  readonly entryBytes: number;
  /** Files and folders, folders that only paths imply included. */
  readonly entries: number;
  /** UTF-8 bytes of one path or link target. */
  readonly pathBytes: number;
  /** Unpacked bytes per packed byte, looked at above 32 MiB unpacked. */
  readonly ratio: number;
  /** Bytes of earlier output that a compressed stream may refer to, held in memory (xz, zstd). */
  readonly dictionaryBytes: number;
}

const MIB = 1024 * 1024;

/** Unpacked size below which the ratio does not matter. */
const RATIO_FREE_BYTES = 32 * MIB;

/** Above the sizes that the public registries take by default; see the fields for the meaning. */
export const DEFAULT_ARCHIVE_LIMITS: ArchiveLimits = {
  packedBytes: 256 * MIB,
  unpackedBytes: 512 * MIB,
  entryBytes: 256 * MIB,
  entries: 100_000,
  pathBytes: 1024,
  ratio: 200,
  dictionaryBytes: 64 * MIB,
};

/** The error for an archive that cannot be read whole. `where` names an entry or an offset. */
export function malformedArchive(
  where: string,
  problem: string,
  cause?: unknown,
): CountersignError {
  return new CountersignError('malformed-archive', `${where}: ${problem}`, {
    hint: 'pack it again with the usual tool and upload that file unchanged',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The error for an archive above one of its limits; `limit` is its name. */
export function archiveLimit(
  where: string,
  problem: string,
  limit?: keyof ArchiveLimits,
): CountersignError {
  const name = limit === undefined ? '' : ` (limit: ${limit})`;
  return new CountersignError('limit-exceeded', `${where}: ${problem}${name}`, {
    hint: 'make the package smaller, or raise the limit of the gateway',
  });
}

/** Throws 'limit-exceeded' when unpacking yields more than `limits` allows for that input. */
export function assertUnpacked(
  unpackedBytes: number,
  packedBytes: number,
  limits: ArchiveLimits,
  where = 'the archive',
): void {
  if (unpackedBytes > limits.unpackedBytes) {
    throw archiveLimit(
      where,
      `unpacks to more than ${limits.unpackedBytes} bytes`,
      'unpackedBytes',
    );
  }
  if (unpackedBytes > RATIO_FREE_BYTES && unpackedBytes > packedBytes * limits.ratio) {
    throw archiveLimit(
      where,
      `unpacks to more than ${limits.ratio} times its packed size`,
      'ratio',
    );
  }
}

/** Throws 'limit-exceeded' for one file above the bound. */
export function assertEntrySize(sizeBytes: number, limits: ArchiveLimits, path: string): void {
  if (sizeBytes > limits.entryBytes) {
    throw archiveLimit(
      `entry ${quoteForeign(path)}`,
      `has ${sizeBytes} bytes, at most ${limits.entryBytes} are read`,
      'entryBytes',
    );
  }
}
