/** A file of this machine, inspected with the rules that need no release. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { ArtifactReport, Confidence } from '../core/finding.ts';
import type { InspectionLimits } from '../core/inspection-limits.ts';
import type { Sha256 } from '../core/names.ts';
import type { ArchiveMember } from '../formats/archive-entry.ts';
import { readContainer } from '../formats/container.ts';
import { CONTAINER_HEAD_BYTES, detectContainer, isReadable } from '../formats/container-format.ts';
import {
  bytesAsRandomAccess,
  type RandomAccess,
  readSequentially,
} from '../formats/random-access.ts';
import { sha256Of } from '../inspect/digest.ts';
import { inspectFile } from '../inspect/engine.ts';
import { innerName } from '../inspect/unpack.ts';
import { type MemoryUse, type UnpackLimits, unpackLimits } from '../inspect/unpack-limits.ts';
import { type LooseReport, reasonOf, unreadReport } from './found-files.ts';
import { openFile } from './packed-artifact.ts';

/** Inspects one file: what is inside where it is a container by its first bytes, else itself. */
export async function inspectLooseFile(
  path: string,
  shown: string,
  blockAt: Confidence,
  policyLimits: InspectionLimits,
  memory: MemoryUse,
): Promise<LooseReport> {
  const limits = unpackLimits(policyLimits, memory);
  try {
    const held = holdFile(path, Math.min(HELD_BYTES, limits.packedBytes, limits.windowBytes));
    if (held !== null) {
      return await inspect(
        { shown, blockAt, limits, source: bytesAsRandomAccess(held), held },
        sha256Of(held),
      );
    }
    const { source, digest, close } = await openFile(path);
    try {
      const { packedBytes } = limits;
      if (source.sizeBytes > packedBytes) {
        return unreadReport(
          shown,
          `it has ${source.sizeBytes} bytes, at most ${packedBytes} are read`,
        );
      }
      return await inspect({ shown, blockAt, limits, source, held: null }, await digest());
    } finally {
      await close();
    }
  } catch (error) {
    return unreadReport(shown, reasonOf(error));
  }
}

interface OpenedFile {
  readonly shown: string;
  readonly blockAt: Confidence;
  readonly limits: UnpackLimits;
  readonly source: RandomAccess;
  /** All of it, where it is small. */
  readonly held: Uint8Array | null;
}

async function inspect(
  { shown, blockAt, limits, source, held }: OpenedFile,
  sha256: Sha256,
): Promise<ArtifactReport> {
  const { sizeBytes } = source;
  const head = await source.read(0, Math.min(CONTAINER_HEAD_BYTES, sizeBytes));
  const format = detectContainer(head);
  const isArchive = format !== undefined && isReadable(format);
  const entries = isArchive
    ? readContainer(source, { limits, name: innerName(shown) })
    : plainFile(source, shown, held);
  const form = isArchive ? 'archive' : 'plain';
  return inspectFile({ file: shown, sha256, sizeBytes, form, entries, limits }, blockAt);
}

function plainFile(source: RandomAccess, path: string, held: Uint8Array | null) {
  const { sizeBytes } = source;
  const facts = { path, kind: 'file', mode: 0o644, sizeBytes } as const;
  return held === null ? readPlain(source, facts) : { ...facts, content: held };
}

async function* readPlain(
  source: RandomAccess,
  facts: Omit<ArchiveMember, 'body'>,
): AsyncGenerator<ArchiveMember> {
  yield { ...facts, body: readSequentially(source) };
}

/** Above what nearly all files have: those are read at once, which takes a third of the time. */
const HELD_BYTES = 4 * 1024 * 1024;

/** What the held file lies in, one after the other. */
let room = Buffer.alloc(0);

/**
 * The bytes of a regular file of at most `mostBytes`, good until the next is held; null for a larger
 * one. Throws as `fs.openSync`, for what is no regular file and for one that shrinks meanwhile.
 */
function holdFile(path: string, mostBytes: number): Uint8Array | null {
  // what is no regular file any more, such as a pipe, may not make us wait
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw new TypeError('it is no regular file');
    const { size } = status;
    if (size > mostBytes) return null;
    // all of it at once: pages that nobody writes to are not there
    if (room.length === 0) room = Buffer.allocUnsafeSlow(HELD_BYTES);
    for (let at = 0; at < size; ) {
      const count = readSync(file, room, at, size - at, at);
      if (count === 0) throw new RangeError(`the file ends at ${at} of ${size}`);
      at += count;
    }
    return room.subarray(0, size);
  } finally {
    closeSync(file);
  }
}
