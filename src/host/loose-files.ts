/** A file of this machine, inspected with the rules that need no release. */
import type { Confidence } from '../core/finding.ts';
import type { InspectionLimits } from '../core/inspection-limits.ts';
import type { ArchiveMember } from '../formats/archive-entry.ts';
import { readContainer } from '../formats/container.ts';
import { CONTAINER_HEAD_BYTES, detectContainer, isReadable } from '../formats/container-format.ts';
import { type RandomAccess, readSequentially } from '../formats/random-access.ts';
import { inspectFile } from '../inspect/engine.ts';
import { innerName } from '../inspect/unpack.ts';
import { unpackLimits } from '../inspect/unpack-limits.ts';
import { type LooseReport, reasonOf, unreadReport } from './found-files.ts';
import { openFile } from './packed-artifact.ts';

/** Inspects one file: what is inside where it is a container by its first bytes, else itself. */
export async function inspectLooseFile(
  path: string,
  shown: string,
  blockAt: Confidence,
  policyLimits: InspectionLimits,
): Promise<LooseReport> {
  const limits = unpackLimits(policyLimits);
  try {
    const { source, digest, close } = await openFile(path);
    try {
      const { packedBytes } = limits;
      if (source.sizeBytes > packedBytes) {
        return unreadReport(
          shown,
          `it has ${source.sizeBytes} bytes, at most ${packedBytes} are read`,
        );
      }
      const sha256 = await digest();
      const head = await source.read(0, Math.min(CONTAINER_HEAD_BYTES, source.sizeBytes));
      const format = detectContainer(head);
      const form = format !== undefined && isReadable(format) ? 'archive' : 'plain';
      const options = { limits, name: innerName(shown) };
      const entries =
        form === 'archive' ? readContainer(source, options) : readPlain(source, shown);
      return await inspectFile(
        { file: shown, sha256, sizeBytes: source.sizeBytes, form, entries, limits },
        blockAt,
      );
    } finally {
      await close();
    }
  } catch (error) {
    return unreadReport(shown, reasonOf(error));
  }
}

async function* readPlain(source: RandomAccess, path: string): AsyncGenerator<ArchiveMember> {
  const { sizeBytes } = source;
  yield { path, kind: 'file', mode: 0o644, sizeBytes, body: readSequentially(source) };
}
