/** Summaries of artifacts, and which of them a new artifact is compared with. */
import { createHash } from 'node:crypto';
import {
  type ArtifactSummary,
  SUMMARY_FILES_MAX,
  type SummaryFile,
} from '../../core/artifact-summary.ts';
import { CountersignError } from '../../core/errors.ts';
import { requireSha256, type Sha256 } from '../../core/names.ts';
import { encodeCanonical } from '../../formats/canonical.ts';
import { sha256Of } from '../artifact/digest.ts';
import type { PackedTree } from '../artifact/packed-tree.ts';

/** The summary of a tree that was collected with digests. Throws `internal` for one without. */
export function summarize(
  artifact: { readonly file: string; readonly sha256: Sha256 },
  tree: PackedTree,
): ArtifactSummary {
  const files = tree.files
    .map(({ place, form, mode, sizeBytes, sha256, uses }): SummaryFile => {
      if (sha256 === null) throw new CountersignError('internal', 'a tree without digests');
      const one = { place: place.toWellFormed(), form, mode, sizeBytes, sha256 };
      return uses.length === 0 ? one : { ...one, uses };
    })
    .sort((left, right) => (left.place < right.place ? -1 : left.place > right.place ? 1 : 0));
  return {
    schema: 'countersign/summary/v1',
    file: artifact.file,
    sha256: artifact.sha256,
    layout: tree.layout,
    files: files.slice(0, SUMMARY_FILES_MAX),
    rest: restOf(files.slice(SUMMARY_FILES_MAX)),
    sizeBytes: sum(files),
    facts: [...tree.facts].map(([name, value]) => ({ name, value })),
    capabilities: [...tree.capabilities].map(([id, place]) => ({
      id,
      place: place.toWellFormed(),
    })),
    usingFiles: files.filter((one) => one.uses !== undefined).length,
  };
}

function restOf(files: readonly SummaryFile[]): ArtifactSummary['rest'] {
  if (files.length === 0) return null;
  const hash = createHash('sha256');
  // one by one: a list of 90,000 is above what one canonical document may hold
  for (const one of files) hash.update(encodeCanonical(one)).update('\n');
  return { count: files.length, sizeBytes: sum(files), sha256: requireSha256(hash.digest('hex')) };
}

function sum(files: readonly SummaryFile[]): number {
  return files.reduce((total, one) => total + one.sizeBytes, 0);
}

/** The digest under which a summary is stored and named. */
export function digestOfSummary(summary: ArtifactSummary): Sha256 {
  return sha256Of(encodeCanonical(summary));
}

/** What decides which file of the version before is the same file: the name without the version. */
export function seriesOf(one: { readonly kind: string; readonly file: string }): string {
  if (one.kind !== 'wheel') return one.kind;
  const [, , ...tags] = one.file.split('-');
  return `wheel ${tags.join('-')}`;
}
