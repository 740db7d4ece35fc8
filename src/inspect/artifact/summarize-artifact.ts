/** What an artifact holds that is released by nobody here and only compared with. */
import { type ArtifactSummary, SUMMARY_MAX_BYTES } from '../../core/artifact-summary.ts';
import { CountersignError } from '../../core/errors.ts';
import type { Sha256 } from '../../core/names.ts';
import { disturbsReading } from '../../formats/archive-oddity.ts';
import { encodeCanonical } from '../../formats/canonical.ts';
import { summarize } from '../diff/summary.ts';
import { type PackedPart, unpack } from '../unpack/unpack.ts';
import type { UnpackLimits } from '../unpack/unpack-limits.ts';
import { createTreeCollector } from './packed-tree.ts';

/** An artifact as `InspectedArtifact`, without a release. `kind` is the ecosystem's word. */
export interface ComparedArtifact {
  readonly kind: string;
  readonly file: string;
  readonly sha256: Sha256;
  readonly entries: AsyncIterable<PackedPart>;
  readonly limits: UnpackLimits;
}

/**
 * The summary of `artifact`, the same that an inspection would leave. Throws `malformed-archive` for
 * what is not read to its end, and for what readers disagree about: half a summary, or that of one
 * reader, would hide what others install. Throws `limit-exceeded` for what
 * is too much.
 */
export async function summarizeArtifact(artifact: ComparedArtifact): Promise<ArtifactSummary> {
  const { entries, limits, ...about } = artifact;
  const collector = createTreeCollector({ ...about, digests: true, capabilities: true });
  for await (const part of unpack(entries, limits)) {
    if (part.kind === 'unread' && part.isOwn) throw unreadable(`${part.path}: ${part.reason}`);
    if (part.kind === 'odd' && part.outer === '' && disturbsReading(part.oddity)) {
      throw unreadable(`${part.oddity.where}: ${part.oddity.problem}`);
    }
    if (part.kind === 'window' && part.outer === '') collector.addWindow(part);
    if (part.kind === 'entry' && part.entry.within === undefined) collector.add(part.entry);
  }
  const summary = summarize(about, collector.tree());
  const { length } = encodeCanonical(summary);
  if (length <= SUMMARY_MAX_BYTES) return summary;
  throw new CountersignError(
    'limit-exceeded',
    `the summary has ${length} bytes, expected at most ${SUMMARY_MAX_BYTES}`,
  );
}

function unreadable(what: string): CountersignError {
  return new CountersignError('malformed-archive', what);
}
