/** Puts each artifact beside its summary, the version before and its twins. */
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import type { BaselineFile } from '../core/manifest.ts';
import { compareSummaries } from './diff/difference.ts';
import { digestOfSummary, seriesOf, summarize } from './diff/summary.ts';
import type { PackedTree } from './packed-tree.ts';
import type { ArtifactChange, ArtifactFacts, ArtifactView, ReleaseContext } from './rule.ts';

/** An artifact that was read to its end. */
export interface CollectedArtifact {
  readonly artifact: ArtifactFacts;
  readonly tree: PackedTree;
}

/** `missing` names artifacts whose baseline was named and not given. */
export interface ArtifactViews {
  readonly views: readonly ArtifactView[];
  readonly summaries: readonly ArtifactSummary[];
  readonly missing: readonly { readonly file: string; readonly reason: string }[];
}

/** Only a summary whose digest is in the inputs is a baseline, so that everyone compares with the
 * same. Throws nothing. */
export function artifactViews(
  collected: readonly CollectedArtifact[],
  { inputs, policy }: Pick<ReleaseContext, 'inputs' | 'policy'>,
  baselines: readonly ArtifactSummary[],
): ArtifactViews {
  const known = new Map(baselines.map((one) => [digestOfSummary(one), one]));
  const summaries = collected.map(({ artifact, tree }) => summarize(artifact, tree));
  const missing: { file: string; reason: string }[] = [];
  const single = collected.map((one, at) => {
    const wanted = findBaseline(one.artifact, inputs.baselines);
    const before = wanted === null ? undefined : known.get(wanted.summary);
    const after = summaries[at];
    if (wanted !== null && before === undefined) {
      const reason = `the summary of ${wanted.file}, the version before, is not there`;
      missing.push({ file: one.artifact.file, reason });
    }
    const change: ArtifactChange | null =
      wanted === null || before === undefined || after === undefined
        ? null
        : { version: wanted.version, before, difference: compareSummaries(before, after) };
    return { ...one, change, release: { inputs, policy } };
  });
  const views = single.map((one) => ({
    ...one,
    twins: single.filter((other) => other !== one && isTwin(one.artifact, other.artifact)),
  }));
  return { views, summaries, missing };
}

function isTwin(one: ArtifactFacts, other: ArtifactFacts): boolean {
  return (
    one.ecosystem === other.ecosystem &&
    one.package === other.package &&
    one.version === other.version
  );
}

/** The baseline of an artifact, or null: the file of the same series; else any of the same kind, the first in order of name. */
export function findBaseline(
  artifact: Pick<ArtifactFacts, 'ecosystem' | 'package' | 'kind' | 'file'>,
  baselines: readonly BaselineFile[],
): BaselineFile | null {
  const own = baselines
    .filter(
      (one) =>
        one.ecosystem === artifact.ecosystem &&
        one.package === artifact.package &&
        one.kind === artifact.kind,
    )
    .toSorted((left, right) => (left.file < right.file ? -1 : 1));
  return own.find((one) => seriesOf(one) === seriesOf(artifact)) ?? own[0] ?? null;
}
