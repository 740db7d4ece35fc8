/** Puts each artifact beside the files of the commit that it should come from. */
import { createHash } from 'node:crypto';
import type { InspectionInputs } from '../../core/manifest.ts';
import type { SourceTree } from '../../core/source-tree.ts';
import { encodeCanonical } from '../../formats/canonical.ts';
import type { ArtifactFacts, ArtifactView } from '../rule.ts';
import type { ArtifactSource } from './source-comparison.ts';

/** Views with what they are compared with; as they are where the claim names no tree. */
export interface SourceView {
  readonly beside: (views: readonly ArtifactView[]) => readonly ArtifactView[];
  /** Artifacts that nobody can compare though the claim names a tree: a gap, never skipped. */
  readonly missing: (
    views: readonly ArtifactView[],
  ) => readonly { readonly file: string; readonly reason: string }[];
}

/** Only the tree whose digest is in the inputs is compared with, so that everyone gets the same. */
export function sourceView(inputs: InspectionInputs, tree: SourceTree | null): SourceView {
  const { claim } = inputs.source;
  const named = claim?.git?.tree ?? null;
  if (claim === undefined || named === null) return { beside: (views) => views, missing: () => [] };
  if (tree === null || digestOf(tree) !== named) {
    const reason = `the files of commit ${claim.git?.commit ?? ''} are not there`;
    return {
      beside: (views) => views,
      missing: (views) => views.map(({ artifact }) => ({ file: artifact.file, reason })),
    };
  }
  const files = new Map(tree.files.map((one) => [one.path, one]));
  const outputs = claim.expected.source?.outputs ?? [];
  const sourceOf = ({ ecosystem, package: name }: ArtifactFacts): ArtifactSource => {
    const place = tree.packages.find(
      (one) => one.ecosystem === ecosystem && one.package === name,
    ) ?? { ecosystem, package: name, root: null, manifest: null };
    return { commit: tree.commit, place, files, outputs };
  };
  return {
    beside: (views) => views.map((one) => ({ ...one, source: sourceOf(one.artifact) })),
    missing: () => [],
  };
}

function digestOf(tree: SourceTree): string {
  return createHash('sha256').update(encodeCanonical(tree)).digest('hex');
}
