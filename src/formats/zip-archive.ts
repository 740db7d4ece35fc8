import { crc32, inflateRawSync } from 'node:zlib';
import {
  type ArchiveEntry,
  type ArchiveLimits,
  type ArchiveMember,
  archiveLimit,
  assertEntrySize,
  assertUnpacked,
  DEFAULT_ARCHIVE_LIMITS,
  malformedArchive,
} from './archive-entry.ts';
import { type ReportOddity, refuseOddity } from './archive-oddity.ts';
import { assertPathLength, createArchivePaths, leadsOut } from './archive-paths.ts';
import { collectBytes } from './byte-cursor.ts';
import { inflateDecompressor } from './decompressor.ts';
import { bytesAsRandomAccess, type RandomAccess, readRange } from './random-access.ts';
import { quoteForeign } from './text.ts';
import type { ZipMember } from './zip-directory.ts';

/** Up to this size an entry is unpacked in one call, into one piece: a stream costs more than most
 * entries, and larger pieces are memory that malloc keeps when they are gone. */
const AT_ONCE_BYTES = 256 * 1024;

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
  for await (const { body, ...entry } of readZipMembers(source, limits)) {
    const content = await collectBytes(body);
    yield { ...entry, sizeBytes: content.length, content };
  }
}

/**
 * The members of a zip file, as `readZip`. Where `report` returns, reading goes on; the body of an
 * entry that is encrypted or packed in another way is empty then. A body that is damaged throws,
 * and the members behind it can still be read.
 */
export async function* readZipMembers(
  source: Uint8Array | RandomAccess,
  limits: ArchiveLimits,
  report: ReportOddity = refuseOddity,
): AsyncGenerator<ArchiveMember, void, undefined> {
  const bytes = checkedReads(source instanceof Uint8Array ? bytesAsRandomAccess(source) : source);
  if (bytes.sizeBytes > limits.packedBytes) {
    const problem = `has more than ${limits.packedBytes} bytes`;
    throw archiveLimit('the archive', problem, 'packedBytes');
  }
  // loaded for the first zip: packages of npm have none
  const { readZipDirectory } = await import('./zip-directory.ts');
  const members = await readZipDirectory(bytes, limits, report);
  const total = members.reduce((sum, member) => sum + member.sizeBytes, 0);
  assertUnpacked(total, bytes.sizeBytes, limits);
  const paths = createArchivePaths(limits, report);
  for (const member of members) {
    const kind = kindOf(member, report);
    const path = paths.add(member.name, kind);
    const sizeBytes = member.method === 'sealed' ? null : member.sizeBytes;
    assertEntrySize(member.sizeBytes, limits, path);
    const mode = member.unixMode & 0o7777;
    if (kind !== 'symlink' || sizeBytes === null) {
      yield { path, kind, mode, sizeBytes, body: readBody(bytes, member) };
      continue;
    }
    const linkTarget = await readLinkTarget(bytes, member, limits);
    const isOutward = leadsOut(path, kind, linkTarget);
    report({
      code: isOutward ? 'outward-link' : 'link',
      where: `entry ${quoteForeign(path)}`,
      problem: `links to ${quoteForeign(linkTarget)}${isOutward ? ', outside of the archive' : ''}`,
      path,
    });
    yield { path, kind, mode, sizeBytes: 0, linkTarget, body: nothing() };
  }
}

/** Offsets of a zip file are its own claims: one that leads nowhere is the file's fault. */
function checkedReads(source: RandomAccess): RandomAccess {
  const { sizeBytes } = source;
  return {
    sizeBytes,
    async read(position, length) {
      if (position >= 0 && length >= 0 && position + length <= sizeBytes) {
        return source.read(position, length);
      }
      const problem = `there are no ${length} bytes at ${position} of ${sizeBytes}`;
      throw malformedArchive('the archive', problem);
    },
  };
}

async function readLinkTarget(
  source: RandomAccess,
  member: ZipMember,
  limits: ArchiveLimits,
): Promise<string> {
  // Before a byte of it is unpacked; a target of n characters has at least n bytes.
  if (member.sizeBytes > limits.pathBytes)
    assertPathLength(' '.repeat(limits.pathBytes + 1), limits);
  return Buffer.from(await collectBytes(readBody(source, member))).toString('utf8');
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

/** By the trailing slash, which all readers go by, and the Unix mode where there is one. */
function kindOf(member: ZipMember, report: ReportOddity): ArchiveEntry['kind'] {
  const type = member.unixMode & 0o170000;
  const odd = (problem: string) => {
    const where = `entry ${quoteForeign(member.name)}`;
    report({ code: 'header-disagreement', where, problem, path: member.name });
  };
  if (member.name.endsWith('/')) {
    if (member.sizeBytes === 0 && (type === 0 || type === 0o040000)) return 'directory';
    odd('is named like a folder but is none');
    return 'file';
  }
  if (type === 0 || type === 0o100000) return 'file';
  if (type === 0o120000) return 'symlink';
  odd(`has the Unix mode ${type.toString(8)}, which is not read`);
  return 'file';
}

/** Throws 'malformed-archive' where the content is not what the directory says. */
async function* readBody(
  source: RandomAccess,
  member: ZipMember,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (member.method === 'sealed') return;
  const where = `entry ${quoteForeign(member.name)}`;
  const pieces =
    member.method === 'stored'
      ? readRange(source, member.dataOffset, member.packedBytes)
      : member.sizeBytes <= AT_ONCE_BYTES && member.packedBytes <= AT_ONCE_BYTES
        ? inflateAtOnce(source, member, where)
        : inflateStream(source, member, where);
  let sizeBytes = 0;
  let crc = 0;
  for await (const piece of pieces) {
    sizeBytes += piece.length;
    crc = crc32(piece, crc);
    if (sizeBytes > member.sizeBytes) break;
    yield piece;
  }
  if (sizeBytes !== member.sizeBytes) {
    throw malformedArchive(where, `expected ${member.sizeBytes} bytes, found ${sizeBytes}`);
  }
  if (crc !== member.crc32) {
    throw malformedArchive(where, 'its content and its CRC-32 disagree; the file is damaged');
  }
}

async function* inflateAtOnce(
  source: RandomAccess,
  member: ZipMember,
  where: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const packed = await source.read(member.dataOffset, member.packedBytes);
  let result: { buffer: Uint8Array; engine: { bytesWritten: number } };
  try {
    // all of it in one piece: without a byte more, the engine would ask for a second one
    const chunkSize = Math.max(64, member.sizeBytes + 1);
    const options = { chunkSize, maxOutputLength: Math.max(1, member.sizeBytes), info: true };
    result = inflateRawSync(packed, options) as unknown as typeof result;
  } catch (error) {
    throw cannotUnpack(where, error);
  }
  if (result.engine.bytesWritten !== packed.length) throw followed(where);
  yield result.buffer;
}

async function* inflateStream(
  source: RandomAccess,
  member: ZipMember,
  where: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const engine = inflateDecompressor();
  try {
    yield* engine.read(readRange(source, member.dataOffset, member.packedBytes));
  } catch (error) {
    throw cannotUnpack(where, error);
  }
  if (engine.usedBytes() !== member.packedBytes) throw followed(where);
}

function cannotUnpack(where: string, error: unknown): Error {
  const problem = error instanceof Error ? error.message : String(error);
  return malformedArchive(where, `its content cannot be unpacked: ${problem}`, error);
}

function followed(where: string): Error {
  return malformedArchive(where, 'bytes follow the end of its compressed data');
}
