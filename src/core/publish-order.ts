/** The order in which the artifacts of one release go out. Pure and deterministic. */

import { compareText } from '../formats/text.ts';
import { CountersignError } from './errors.ts';

/** What the order needs of an artifact. `package` and `dependencies` are in normal form. */
export interface OrderedArtifact {
  readonly ecosystem: string;
  readonly package: string;
  readonly kind: string;
  readonly file: string;
  readonly dependencies: readonly string[];
}

/** `cycles`: groups of packages that need each other, as `ecosystem:package`, sorted. */
export interface PublishOrder<T> {
  readonly artifacts: readonly T[];
  readonly cycles: readonly (readonly string[])[];
}

/** npm before PyPI, others between them by name: a Python file cannot be taken back. */
const ECOSYSTEM_RANK: Readonly<Record<string, number>> = { npm: 0, pypi: 2 };
/** Wheels before sdists, so that nobody installs by building in between. */
const KIND_RANK: Readonly<Record<string, number>> = { wheel: 0, sdist: 2 };

/**
 * Ecosystem by ecosystem; inside one, a package after the packages of the same release that it
 * needs; packages that need each other by name, and reported; the files of one package together.
 * The order of the input does not matter. Nothing gives an empty order.
 */
export function publishOrder<T extends OrderedArtifact>(artifacts: readonly T[]): PublishOrder<T> {
  const ordered: T[] = [];
  const cycles: string[][] = [];
  const ecosystems = [...new Set(artifacts.map((one) => one.ecosystem))].sort(
    (left, right) =>
      rank(ECOSYSTEM_RANK, left) - rank(ECOSYSTEM_RANK, right) || compareText(left, right),
  );
  for (const ecosystem of ecosystems) {
    const own = artifacts.filter((one) => one.ecosystem === ecosystem);
    for (const group of packageGroups(own)) {
      if (group.length > 1) cycles.push(group.map((name) => `${ecosystem}:${name}`));
      for (const name of group) ordered.push(...filesOf(own, name));
    }
  }
  return { artifacts: ordered, cycles };
}

function filesOf<T extends OrderedArtifact>(artifacts: readonly T[], name: string): T[] {
  return artifacts
    .filter((one) => one.package === name)
    .sort(
      (left, right) =>
        rank(KIND_RANK, left.kind) - rank(KIND_RANK, right.kind) ||
        compareText(left.file, right.file),
    );
}

/**
 * Groups of packages that need each other, needed ones first: always the group with the smallest
 * name among those whose needs are all out.
 */
function packageGroups(artifacts: readonly OrderedArtifact[]): string[][] {
  const needs = needsWithin(artifacts);
  const groups = cyclesOf(needs).sort((left, right) => compareText(left[0] ?? '', right[0] ?? ''));
  const groupOf = new Map(groups.flatMap((group) => group.map((name) => [name, group] as const)));
  const waiting = new Map(
    groups.map((group) => {
      const needed = new Set(
        group.flatMap((name) => [...(needs.get(name) ?? [])].map((one) => groupOf.get(one))),
      );
      needed.delete(group);
      return [group, needed] as const;
    }),
  );
  const ordered: string[][] = [];
  while (waiting.size > 0) {
    // groups have no cycles among themselves, so that one is always ready
    const ready = groups.find((group) => waiting.get(group)?.size === 0);
    if (ready === undefined) throw new CountersignError('internal', 'packages have no order');
    waiting.delete(ready);
    for (const needed of waiting.values()) needed.delete(ready);
    ordered.push(ready);
  }
  return ordered;
}

/**
 * The strongly connected components, each sorted by name (Tarjan 1972). Releases hold at most 1,000
 * artifacts, which bounds the recursion.
 */
function cyclesOf(needs: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const seenAt = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const components: string[][] = [];
  const visit = (name: string): number => {
    const place = seenAt.size;
    seenAt.set(name, place);
    stack.push(name);
    open.add(name);
    let low = place;
    for (const needed of needs.get(name) ?? []) {
      const seen = seenAt.get(needed);
      if (seen === undefined) low = Math.min(low, visit(needed));
      else if (open.has(needed)) low = Math.min(low, seen);
    }
    if (low === place) {
      const component = stack.splice(stack.lastIndexOf(name));
      for (const member of component) open.delete(member);
      components.push(component.sort(compareText));
    }
    return low;
  };
  for (const name of needs.keys()) if (!seenAt.has(name)) visit(name);
  return components;
}

function needsWithin(artifacts: readonly OrderedArtifact[]): Map<string, Set<string>> {
  const needs = new Map<string, Set<string>>(artifacts.map((one) => [one.package, new Set()]));
  for (const { package: name, dependencies } of artifacts) {
    for (const needed of dependencies) {
      if (needed !== name && needs.has(needed)) needs.get(name)?.add(needed);
    }
  }
  return needs;
}

function rank(table: Readonly<Record<string, number>>, name: string): number {
  return (Object.hasOwn(table, name) ? table[name] : undefined) ?? 1;
}
