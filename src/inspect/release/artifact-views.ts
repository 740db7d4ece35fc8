/** Puts each artifact beside its summary, the version before, upstream's newest and its twins. */
import type { ArtifactSummary } from '../../core/artifact-summary.ts';
import { CountersignError } from '../../core/errors.ts';
import type { BaselineFile } from '../../core/manifest.ts';
import { compareText } from '../../formats/text.ts';
import type { PackedTree } from '../artifact/packed-tree.ts';
import { compareSummaries } from '../diff/difference.ts';
import { digestOfSummary, summarize } from '../diff/summary.ts';
import type { ArtifactChange, ArtifactFacts, ArtifactView, ReleaseContext } from '../rule.ts';
import { counterpartOf, newestFiles, type UpstreamChange } from './newest.ts';

/** An artifact that was read to its end. */
export interface CollectedArtifact {
  readonly artifact: ArtifactFacts;
  readonly tree: PackedTree;
}

/** `missing` names artifacts whose baseline, or file of upstream's newest, was named and not given. */
export interface ArtifactViews {
  readonly views: readonly ArtifactView[];
  readonly summaries: readonly ArtifactSummary[];
  readonly missing: readonly { readonly file: string; readonly reason: string }[];
}

/** Only a summary whose digest is in the inputs is compared with, so that everyone compares with
 * the same; `named` are those. Throws nothing. */
export function artifactViews(
  collected: readonly CollectedArtifact[],
  { inputs, policy }: Pick<ReleaseContext, 'inputs' | 'policy'>,
  named: readonly ArtifactSummary[],
): ArtifactViews {
  const known = new Map(named.map((one) => [digestOfSummary(one), one]));
  const summaries = collected.map(({ artifact, tree }) => summarize(artifact, tree));
  const missing: { file: string; reason: string }[] = [];
  const artifacts = collected.map((one) => one.artifact);
  const newest = newestFiles(inputs).map((one) => ({ ...one, of: counterpartOf(one, artifacts) }));
  const upstreamOf = (artifact: ArtifactFacts, after: ArtifactSummary | undefined) =>
    newest.flatMap(({ of, version, file, summary }): readonly UpstreamChange[] => {
      if (of !== artifact || summary === null || after === undefined) return [];
      const before = known.get(summary);
      if (before !== undefined)
        return [{ version, file, before, difference: compareSummaries(before, after) }];
      missing.push({
        file: artifact.file,
        reason: `the summary of ${file}, upstream, is not there`,
      });
      return [];
    });
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
    const upstream = upstreamOf(one.artifact, after);
    return { ...one, change, upstream, release: { inputs, policy } };
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
  return counterpartOf(artifact, baselines);
}

/** In order of file name. Throws `malformed-document` when two have one. */
export function sortByFile<Artifact extends { readonly file: string }>(
  artifacts: readonly Artifact[],
): readonly Artifact[] {
  const sorted = artifacts.toSorted((left, right) => compareText(left.file, right.file));
  const doubled = sorted.find((one, at) => sorted[at + 1]?.file === one.file);
  if (doubled !== undefined) {
    throw new CountersignError(
      'malformed-document',
      `a release holds each file once, found ${doubled.file} twice`,
    );
  }
  return sorted;
}
