/** The order in which the artifacts of one release go out. Pure and deterministic. */

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
      rank(ECOSYSTEM_RANK, left) - rank(ECOSYSTEM_RANK, right) || byText(left, right),
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
        rank(KIND_RANK, left.kind) - rank(KIND_RANK, right.kind) || byText(left.file, right.file),
    );
}

/**
 * Groups of packages that need each other, needed ones first: repeatedly the smallest name among
 * the groups whose needs are all out. Releases hold at most 1,000 artifacts, so that plain
 * reachability is fast enough.
 */
function packageGroups(artifacts: readonly OrderedArtifact[]): string[][] {
  const needs = needsWithin(artifacts);
  const reaches = new Map([...needs.keys()].map((name) => [name, reachable(name, needs)]));
  const waiting = new Set([...needs.keys()].sort(byText));
  const groups: string[][] = [];
  while (waiting.size > 0) {
    const group = nextGroup(waiting, reaches);
    for (const name of group) waiting.delete(name);
    groups.push(group);
  }
  return groups;
}

function nextGroup(waiting: Set<string>, reaches: Map<string, Set<string>>): string[] {
  for (const name of waiting) {
    const reached = reaches.get(name) ?? new Set();
    const mutual = (other: string): boolean => reaches.get(other)?.has(name) === true;
    const isReady = [...reached].every((other) => !waiting.has(other) || mutual(other));
    if (isReady)
      return [...waiting].filter((one) => one === name || (reached.has(one) && mutual(one)));
  }
  // a finite graph always has a group that needs no other waiting one
  return [...waiting];
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

function reachable(start: string, needs: Map<string, Set<string>>): Set<string> {
  const reached = new Set<string>();
  const next = [...(needs.get(start) ?? [])];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    next.push(...(needs.get(name) ?? []));
  }
  return reached;
}

function rank(table: Readonly<Record<string, number>>, name: string): number {
  return (Object.hasOwn(table, name) ? table[name] : undefined) ?? 1;
}

/** By UTF-16 code units: the same on every machine, unlike a locale's order. */
function byText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
