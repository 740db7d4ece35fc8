/** Which dependencies a version brings that the one before had not, or had in other versions, under
 * the registry's names. */
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import type { ArtifactDescription } from './ecosystem.ts';

const FIELD =
  /^(?:dependencies|optionalDependencies|peerDependencies|bundleDependencies|bundledDependencies)\.(.+)$/;

/** A range that takes every version. */
export const ANY_VERSION = '*';

type Before = readonly Pick<ArtifactSummary, 'facts'>[];

/** Sorted. `before`: what each file of the version before held; empty for a first release, where all
 * dependencies are new. */
export function newDependencies(
  { dependencies }: Pick<ArtifactDescription, 'dependencies'>,
  before: Before,
): readonly string[] {
  const known = new Set(before.flatMap(({ facts }) => facts.flatMap(dependencyOf)));
  return dependencies.filter((name) => !known.has(name)).toSorted();
}

/** A dependency that was there before, with other versions. */
export interface ChangedRange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Sorted by name. Empty for a first release, and where the description names no ranges. */
export function changedRanges(
  { ranges = {} }: Pick<ArtifactDescription, 'ranges'>,
  before: Before,
): readonly ChangedRange[] {
  const known = new Map<string, Set<string>>();
  for (const { name: fact, value } of before.flatMap(({ facts }) => facts)) {
    if (fact.startsWith('bundle')) continue;
    for (const name of dependencyOf({ name: fact, value })) {
      known.set(name, (known.get(name) ?? new Set()).add(value));
    }
  }
  const old = joinRanges(known);
  return Object.entries(ranges)
    .flatMap(([name, after]) => {
      const range = Object.hasOwn(old, name) ? old[name] : undefined;
      return range === undefined || range === after ? [] : [{ name, before: range, after }];
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The spellings of each, in order, between ` || `. */
export function joinRanges(
  ranges: ReadonlyMap<string, ReadonlySet<string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...ranges].map(([name, some]) => [name, [...some].sort().join(' || ') || ANY_VERSION]),
  );
}

function dependencyOf({ name, value }: ArtifactSummary['facts'][number]): readonly string[] {
  const key = FIELD.exec(name)?.[1];
  if (key === undefined) return [];
  // an alias installs another package than its key says
  return [/^npm:(@?[^@]+)/.exec(value)?.[1] ?? key];
}
