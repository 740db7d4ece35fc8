/** A file of this machine, inspected with the rules that need no release. */
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
import { sha256Of } from '../inspect/artifact/digest.ts';
import { inspectFile } from '../inspect/engine.ts';
import { innerName } from '../inspect/unpack/unpack.ts';
import {
  type MemoryUse,
  type UnpackLimits,
  unpackLimits,
} from '../inspect/unpack/unpack-limits.ts';
import { type LooseReport, reasonOf, unreadReport } from './loose-report.ts';
import { type OpenFile, openFile } from './open-file.ts';

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
    const file = openFile(path);
    try {
      const { source } = file;
      const { packedBytes, windowBytes } = limits;
      if (source.sizeBytes > packedBytes) {
        return unreadReport(
          shown,
          `it has ${source.sizeBytes} bytes, at most ${packedBytes} are read`,
        );
      }
      const of = { shown, blockAt, limits };
      if (source.sizeBytes > Math.min(HELD_BYTES, windowBytes)) {
        return await inspect({ ...of, source, held: null }, file.digest());
      }
      const held = hold(file);
      return await inspect({ ...of, source: bytesAsRandomAccess(held), held }, sha256Of(held));
    } finally {
      file.close();
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

/** All bytes of a file of at most HELD_BYTES, good until the next is held. */
function hold({ source: { sizeBytes }, readInto }: OpenFile): Uint8Array {
  // all of it at once: pages that nobody writes to are not there
  if (room.length === 0) room = Buffer.allocUnsafeSlow(HELD_BYTES);
  const held = room.subarray(0, sizeBytes);
  readInto(held);
  return held;
}
