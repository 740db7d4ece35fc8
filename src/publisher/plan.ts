/** What will be done upstream, in which order. Pure: the plan is data, then it is carried out. */
import type { Manifest, ManifestArtifact } from '../core/manifest.ts';
import { type OrderedArtifact, publishOrder } from '../core/publish-order.ts';

/** What one effect does; stored as canonical JSON in `EffectRow.target`. */
export interface EffectTarget {
  readonly kind: 'publish' | 'move-tag' | 'remove-tag';
  readonly ecosystem: string;
  readonly upstream: string;
  readonly package: string;
  readonly version: string;
  readonly file: string | null;
  readonly tag: string | null;
  readonly sequence: number;
}

/** npm artifacts go out under this tag, so that nobody gets half a release by default. */
function stagingTag(shortId: string): string {
  return `countersign-${shortId}`;
}

/**
 * Publish everything in order; then move the wanted tags; then remove the staging tags.
 * `upstreamOf` names the upstream of an artifact.
 */
export function planEffects(
  manifest: Manifest,
  shortId: string,
  dependencies: (artifact: ManifestArtifact) => readonly string[],
  upstreamOf: (ecosystem: string, packageName: string) => string,
): readonly EffectTarget[] {
  const ordered = publishOrder(
    manifest.artifacts.map((one): ManifestArtifact & OrderedArtifact => ({
      ...one,
      dependencies: dependencies(one),
    })),
  ).artifacts;
  const tagged = new Set(manifest.distTags.map((one) => `${one.ecosystem}:${one.package}`));
  const steps: Omit<EffectTarget, 'sequence'>[] = ordered.map((one) => ({
    kind: 'publish',
    ecosystem: one.ecosystem,
    upstream: upstreamOf(one.ecosystem, one.package),
    package: one.package,
    version: one.version,
    file: one.file,
    tag: tagged.has(`${one.ecosystem}:${one.package}`) ? stagingTag(shortId) : null,
  }));
  for (const kind of ['move-tag', 'remove-tag'] as const) {
    for (const one of manifest.distTags) {
      steps.push({
        kind,
        ecosystem: one.ecosystem,
        upstream: upstreamOf(one.ecosystem, one.package),
        package: one.package,
        version: one.to,
        file: null,
        tag: kind === 'move-tag' ? one.tag : stagingTag(shortId),
      });
    }
  }
  return steps.map((step, sequence) => ({ ...step, sequence }));
}
