/** Which dependencies a version brings that the one before had not, under the registry's names. */
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import type { ArtifactDescription } from './ecosystem.ts';

const FIELD =
  /^(?:dependencies|optionalDependencies|peerDependencies|bundleDependencies|bundledDependencies)\.(.+)$/;

/** Sorted. `before`: what each file of the version before held; empty for a first release, where all
 * dependencies are new. */
export function newDependencies(
  description: Pick<ArtifactDescription, 'dependencies'>,
  before: readonly Pick<ArtifactSummary, 'facts'>[],
): readonly string[] {
  const known = new Set(before.flatMap(({ facts }) => facts.flatMap(dependencyOf)));
  return description.dependencies.filter((name) => !known.has(name)).toSorted();
}

function dependencyOf({ name, value }: ArtifactSummary['facts'][number]): readonly string[] {
  const key = FIELD.exec(name)?.[1];
  if (key === undefined) return [];
  // an alias installs another package than its key says
  return [/^npm:(@?[^@]+)/.exec(value)?.[1] ?? key];
}
