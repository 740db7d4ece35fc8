/**
 * Looks into every container of an artifact, at every depth. Nothing is skipped: what cannot be
 * read comes out with its reason, what is odd with its name. Memory is bounded whatever comes in.
 */
import type { Sha256 } from '../../core/names.ts';
import {
  type ArchiveEntry,
  type ArchiveMember,
  archiveLimit,
} from '../../formats/archive-entry.ts';
import type { ArchiveOddity } from '../../formats/archive-oddity.ts';
import { type ByteCursor, createByteCursor } from '../../formats/byte-cursor.ts';
import { copyBytes, joinBytes } from '../../formats/bytes.ts';
import {
  type ContainerPart,
  chain,
  readStreamContainer,
  readZipContainer,
} from '../../formats/container.ts';
import {
  type ContainerFormat,
  detectContainer,
  endsAsZip,
  isBrotli,
  isReadable,
} from '../../formats/container-format.ts';
import { type GatherMemory, lendMemory, returnMemory } from '../../formats/gather-memory.ts';
import { bytesAsRandomAccess } from '../../formats/random-access.ts';
import { nameFailure } from '../finding-list.ts';
import { createTally, type Tally } from './content-tally.ts';
import { STEP_BYTES, windows } from './file-windows.ts';
import { DEFAULT_UNPACK_LIMITS, type UnpackLimits } from './unpack-limits.ts';
import { createTotal, type Total } from './unpack-total.ts';

const MIB = 1024 * 1024;

/** A packed file as rules see it. `content` is the beginning where the file is larger than a
 * window; `sizeBytes` is always that of the file. */
export interface PackedEntry extends ArchiveEntry {
  /** The path of the container that it lies in; absent for what the artifact holds itself. */
  readonly within?: string;
  /** Of the whole content, where `content` is only its beginning. */
  readonly sha256?: Sha256;
}

/** A part of a large file, `offset` bytes into it. */
export interface FileWindow {
  readonly kind: 'window';
  readonly outer: string;
  readonly path: string;
  readonly content: Uint8Array;
  readonly offset: number;
  readonly isLast: boolean;
  /** Bytes at its end that the next one begins with. */
  readonly overlap: number;
}

/** What comes out, with bytes that are good until the next is asked for; `outer` is the path of the
 * container with a `!` behind it, or empty. */
export type UnpackedPart =
  /** For rules about files; `scan` tells whether its content is to be searched for secrets too. */
  | {
      readonly kind: 'entry';
      readonly outer: string;
      readonly entry: PackedEntry;
      readonly scan: boolean;
    }
  | FileWindow
  | { readonly kind: 'odd'; readonly outer: string; readonly oddity: ArchiveOddity }
  /** `isOwn`: an entry of the artifact itself is missing. */
  | {
      readonly kind: 'unread';
      readonly path: string;
      readonly reason: string;
      readonly isOwn: boolean;
    };

/** What an artifact's reader gives: entries in memory, members to be read, oddities. */
export type PackedPart = ArchiveEntry | ContainerPart;

type Parts = AsyncGenerator<UnpackedPart, void, undefined>;

/**
 * Every file of an artifact. Errors of `parts` pass through, as does 'limit-exceeded' where the
 * whole is too much; what is wrong with a container inside is an `unread` part.
 */
export function unpack(
  parts: AsyncIterable<PackedPart>,
  limits: UnpackLimits = DEFAULT_UNPACK_LIMITS,
  digests = true,
): Parts {
  return walk(parts, { outer: '', depth: 0, total: createTotal(limits), limits, digests });
}

/** A file in memory as the only part of itself; null where it is large or holds something to open. */
export function wholePart(file: ArchiveEntry, limits: UnpackLimits): UnpackedPart | null {
  const level = { outer: '', depth: 0, total: createTotal(limits), limits };
  return isPlain(file, level) ? visitPlain(file, level) : null;
}

/** Where in the nest we are. */
interface Place {
  readonly outer: string;
  readonly depth: number;
  readonly total: Total;
  readonly limits: UnpackLimits;
  /** Whether large files get a digest. */
  readonly digests: boolean;
}

interface Level extends Place {
  /** What the files of this level lie in, one after the other; and the later windows of large ones. */
  readonly memory: GatherMemory;
  readonly windowMemory: GatherMemory;
}

async function* walk(parts: AsyncIterable<PackedPart>, place: Place): Parts {
  const level: Level = { ...place, memory: lendMemory(), windowMemory: lendMemory() };
  try {
    for await (const part of parts) {
      if ('code' in part) yield { kind: 'odd', outer: level.outer, oddity: part };
      else if (isPlain(part, level)) yield visitPlain(part, level);
      else yield* visit(part, level);
    }
  } finally {
    returnMemory(level.memory);
    returnMemory(level.windowMemory);
  }
}

/** Whether it is in memory and holds nothing to open, as nearly all members do. */
function isPlain(
  member: ArchiveEntry | ArchiveMember,
  { limits }: Pick<Place, 'limits'>,
): member is ArchiveEntry {
  return (
    'content' in member &&
    member.content.length <= limits.windowBytes &&
    (member.kind !== 'file' || formatOf(member.content, member.path) === undefined)
  );
}

function visitPlain(
  member: ArchiveEntry,
  level: Pick<Place, 'outer' | 'depth' | 'total'>,
): UnpackedPart {
  const { total, outer } = level;
  total.addEntry();
  total.addBytes(member.content.length);
  const isFile = member.kind === 'file';
  if (isFile && level.depth === 0) return { kind: 'entry', outer, entry: member, scan: true };
  const content = isFile ? member.content : NOTHING;
  const entry = entryOf(member, level, content, content.length);
  return { kind: 'entry', outer, entry, scan: isFile };
}

const NOTHING = new Uint8Array();

async function* visit(member: ArchiveEntry | ArchiveMember, level: Level): Parts {
  level.total.addEntry();
  if (member.kind !== 'file') {
    const entry = entryOf(member, level, NOTHING, 0);
    yield { kind: 'entry', outer: level.outer, entry, scan: false };
    return;
  }
  const body = createByteCursor(bytesOf(member)[Symbol.asyncIterator](), level.memory);
  try {
    yield* visitFile(member, body, level);
  } catch (error) {
    if (level.total.isOver(error)) throw error;
    const path = `${level.outer}${member.path}`;
    const reason = `it cannot be read: ${nameFailure(error)}`;
    yield { kind: 'unread', path, reason, isOwn: level.depth === 0 };
  }
}

async function* bytesOf(
  member: ArchiveEntry | ArchiveMember,
): AsyncGenerator<Uint8Array, void, undefined> {
  if ('body' in member) yield* member.body;
  else if (member.content.length > 0) yield member.content;
}

function entryOf(
  { path, kind, mode, linkTarget }: Omit<ArchiveEntry, 'content' | 'sizeBytes'>,
  { outer, depth }: Pick<Place, 'outer' | 'depth'>,
  content: Uint8Array,
  sizeBytes: number,
): PackedEntry {
  const plain = { path, kind, mode, sizeBytes, content };
  const entry = linkTarget === undefined ? plain : { ...plain, linkTarget };
  return depth > 0 ? { ...entry, within: outer.slice(0, -1) } : entry;
}

async function* visitFile(
  member: ArchiveEntry | ArchiveMember,
  body: ByteCursor,
  level: Level,
): Parts {
  const { outer, total, limits } = level;
  const isHeld = 'content' in member && member.content.length <= limits.windowBytes;
  const first = isHeld ? member.content : await body.keep(limits.windowBytes);
  total.addBytes(first.length);
  const more = isHeld ? NOTHING : await body.takeSome(STEP_BYTES);
  total.addBytes(more.length);
  const isWhole = more.length === 0;
  const format = isWhole ? formatOf(first, member.path) : formatOfPart(first, member.path);
  const tally = isWhole ? null : createTally([first, more], level.digests);
  const rest = tally === null ? null : chain(more, counting(body, total, tally), STEP_BYTES);
  const seen = { whole: true };
  if (format !== undefined && !isReadable(format))
    yield odd(member, level, 'method', `is packed as ${format}, which is not read`);
  else if (format !== undefined) {
    yield* open(format, member, { first, rest }, level, seen);
    // what its reader leaves belongs to the file too
    while (rest !== null && (await rest.next()).done !== true);
    const entry = largeEntry(member, level, first, tally);
    // what was looked into without a gap holds nothing more in its packed bytes
    yield { kind: 'entry', outer, entry, scan: !seen.whole };
    return;
  }
  if (rest !== null) yield* windows(member.path, first, rest, level);
  const entry = largeEntry(member, level, first, tally);
  yield { kind: 'entry', outer, entry, scan: rest === null };
}

function counting(body: ByteCursor, total: Total, tally: Tally) {
  return async (sizeBytes: number): Promise<Uint8Array> => {
    const piece = await body.takeSome(sizeBytes);
    total.addBytes(piece.length);
    tally.add(piece);
    return piece;
  };
}

/** A file of which `first` is only the beginning where there is a tally, once all of it was read. */
function largeEntry(
  member: ArchiveEntry | ArchiveMember,
  level: Level,
  first: Uint8Array,
  tally: Tally | null,
): PackedEntry {
  return { ...entryOf(member, level, first, first.length), ...tally?.end() };
}

/** Of a whole file, of which the end tells too, and the name of one format. */
function formatOf(content: Uint8Array, path: string): ReturnType<typeof detectContainer> {
  const format = detectContainer(content) ?? (endsAsZip(content) ? 'zip' : undefined);
  return format ?? (isBrotli(path, content) ? 'brotli' : undefined);
}

/** Of a file of which only the begin is there. */
function formatOfPart(first: Uint8Array, path: string): ReturnType<typeof detectContainer> {
  return detectContainer(first) ?? (isBrotli(path, null) ? 'brotli' : undefined);
}

function odd(
  { path }: { readonly path: string },
  { outer }: Level,
  code: ArchiveOddity['code'],
  problem: string,
): UnpackedPart {
  return { kind: 'odd', outer, oddity: { code, where: 'the file', problem, path } };
}

interface Packed {
  readonly first: Uint8Array;
  /** What follows `first`; null when that is all. */
  readonly rest: AsyncGenerator<Uint8Array, void, undefined> | null;
}

/** The files of a container; its own failures end it and nothing else. */
async function* open(
  format: ContainerFormat,
  member: ArchiveEntry | ArchiveMember,
  packed: Packed,
  level: Level,
  seen: { whole: boolean },
): Parts {
  const { limits, total } = level;
  const path = `${level.outer}${member.path}`;
  const depth = level.depth + 1;
  const inner: Place = { limits, total, digests: level.digests, outer: `${path}!`, depth };
  let count = 0;
  try {
    if (depth > limits.depth) {
      const problem = `lies more than ${limits.depth} containers deep (limit: depth)`;
      throw archiveLimit('the archive', problem);
    }
    for await (const part of walk(openFormat(format, member, packed, inner), inner)) {
      if (part.kind === 'entry') count += 1;
      if (leavesGap(part)) seen.whole = false;
      yield part;
    }
  } catch (error) {
    if (total.isOver(error)) throw error;
    seen.whole = false;
    const reason = `its files cannot be read: ${nameFailure(error)}`;
    yield { kind: 'unread', path, reason, isOwn: false };
    return;
  }
  const entries = count === 1 ? '1 entry' : `${count} entries`;
  yield odd(member, level, 'nested', `is a ${format} container; inspected inside: ${entries}`);
}

/** Whether the packed bytes may hold what did not come out. */
function leavesGap(part: UnpackedPart): boolean {
  return part.kind === 'unread' || (part.kind === 'odd' && part.oddity.code !== 'remark');
}

function openFormat(
  format: ContainerFormat,
  member: ArchiveEntry | ArchiveMember,
  { first, rest }: Packed,
  { depth, limits }: Place,
): AsyncGenerator<ContainerPart, void, undefined> {
  // Each depth has half of the memory of the one above, so that all of them together have twice.
  const dictionaryBytes = Math.max(MIB, limits.dictionaryBytes / 2 ** depth);
  const options = { limits: { ...limits, dictionaryBytes }, name: innerName(member.path) };
  if (format !== 'zip') {
    const chunks = rest === null ? piecesOf(first) : follow(first, rest);
    return readStreamContainer(format, chunks, options);
  }
  if (rest === null) return readZipContainer(bytesAsRandomAccess(first), options);
  const most = Math.max(limits.windowBytes, limits.nestedZipBytes / 2 ** depth);
  return readHeldZip(first, rest, most, options);
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024);
}

async function* follow(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* piecesOf(first);
  // not `yield*`: who stops reading here must leave the rest to be counted
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}

async function* readHeldZip(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
  most: number,
  options: Parameters<typeof readZipContainer>[1],
): AsyncGenerator<ContainerPart, void, undefined> {
  const parts = [first];
  let sizeBytes = first.length;
  for await (const piece of follow(new Uint8Array(), rest)) {
    parts.push(copyBytes(piece));
    sizeBytes += piece.length;
    if (sizeBytes > most) {
      const problem = `is a zip file of more than ${most} bytes inside of a container`;
      throw archiveLimit('the archive', `${problem} (limit: nestedZipBytes)`);
    }
  }
  yield* readZipContainer(bytesAsRandomAccess(joinBytes(parts)), options);
}

/** What a compressed single file is called inside: rules go by names such as `.env`. */
export function innerName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const stem = name.replace(/\.(?:gz|bz2|xz|zst|zstd|tgz|tbz2|txz|br)$/i, '');
  return stem === '' || stem === name ? 'content' : stem;
}
