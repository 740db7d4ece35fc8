import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import {
  type ArchiveEntry,
  type ArchiveLimits,
  archiveLimit,
  assertEntrySize,
  assertUnpacked,
  DEFAULT_ARCHIVE_LIMITS,
  malformedArchive,
} from './archive-entry.ts';
import { assertPathLength, createArchivePaths } from './archive-paths.ts';
import { bytesAsRandomAccess, type RandomAccess } from './random-access.ts';
import { quoteForeign } from './text.ts';
import { readZipDirectory, type ZipMember } from './zip-directory.ts';

const inflateRawAsync: (
  bytes: Uint8Array,
  options: { maxOutputLength: number; info: true },
) => Promise<unknown> = promisify(inflateRaw);

/**
 * The entries of a zip file, one at a time in the order of its directory. An archive without
 * entries yields nothing. A symbolic link's target is its content, also given as `linkTarget`.
 * Throws 'malformed-archive' (also for encryption, methods other than stored and deflated, header
 * and directory that disagree, bytes that belong to nothing) and 'limit-exceeded'.
 */
export async function* readZip(
  source: Uint8Array | RandomAccess,
  limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS,
): AsyncGenerator<ArchiveEntry, void, undefined> {
  const bytes = source instanceof Uint8Array ? bytesAsRandomAccess(source) : source;
  if (bytes.sizeBytes > limits.packedBytes) {
    throw archiveLimit('the archive', `has more than ${limits.packedBytes} bytes`);
  }
  const members = await readZipDirectory(bytes, limits);
  const total = members.reduce((sum, member) => sum + member.sizeBytes, 0);
  assertUnpacked(total, bytes.sizeBytes, limits);
  const paths = createArchivePaths(limits);
  for (const member of members) {
    const kind = kindOf(member);
    const path = paths.add(member.name, kind);
    assertEntrySize(member.sizeBytes, limits, path);
    const content = await readContent(bytes, member);
    const mode = member.unixMode & 0o7777;
    if (kind === 'symlink') {
      const linkTarget = Buffer.from(content).toString('utf8');
      assertPathLength(linkTarget, limits);
      yield { path, kind, mode, sizeBytes: 0, linkTarget, content: new Uint8Array() };
    } else {
      yield { path, kind, mode, sizeBytes: content.length, content };
    }
  }
}

/** By the trailing slash, which all readers go by, and the Unix mode where there is one. */
function kindOf(member: ZipMember): ArchiveEntry['kind'] {
  const type = member.unixMode & 0o170000;
  const where = `entry ${quoteForeign(member.name)}`;
  if (member.name.endsWith('/')) {
    if (member.sizeBytes !== 0 || (type !== 0 && type !== 0o040000)) {
      throw malformedArchive(where, 'is named like a folder but is none');
    }
    return 'directory';
  }
  if (type === 0 || type === 0o100000) return 'file';
  if (type === 0o120000) return 'symlink';
  throw malformedArchive(where, `has the Unix mode ${type.toString(8)}, which is not read`);
}

async function readContent(source: RandomAccess, member: ZipMember): Promise<Uint8Array> {
  const where = `entry ${quoteForeign(member.name)}`;
  const packed = await source.read(member.dataOffset, member.packedBytes);
  const content =
    member.method === 'stored' ? new Uint8Array(packed) : await inflate(packed, member, where);
  if (content.length !== member.sizeBytes) {
    throw malformedArchive(where, `expected ${member.sizeBytes} bytes, found ${content.length}`);
  }
  if (crc32(content) !== member.crc32) {
    throw malformedArchive(where, 'its content and its CRC-32 disagree; the file is damaged');
  }
  return content;
}

async function inflate(packed: Uint8Array, member: ZipMember, where: string): Promise<Uint8Array> {
  let result: { buffer: Uint8Array; engine: { bytesWritten: number } };
  try {
    result = (await inflateRawAsync(packed, {
      maxOutputLength: Math.max(1, member.sizeBytes),
      info: true,
    })) as typeof result;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw malformedArchive(where, `its content cannot be unpacked: ${problem}`, error);
  }
  if (result.engine.bytesWritten !== packed.length) {
    throw malformedArchive(where, 'bytes follow the end of its compressed data');
  }
  return result.buffer;
}
