/**
 * How GitLab puts maps together: merge keys, deep merges of includes and `extends`. What it costs is
 * counted, as a short text can ask for very much.
 */
import type { Span } from '../source-text.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/yaml-node.ts';

/** Nodes that merges of one pipeline may touch; the largest real one that was seen needs 1 % of it. */
const WORK_MAX = 500_000;
const DEPTH_MAX = 64;

/** Counts work. Beyond its bound everything comes out empty, and `isSpent` says so. */
export class WorkBudget {
  #left = WORK_MAX;

  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** Takes `amount`; false where nothing is left. */
  take(amount: number): boolean {
    this.#left -= amount;
    return this.#left >= 0;
  }
}

/**
 * The tree with `<<` replaced by what it names. The forge's reader takes keys in the order that they
 * are written: a merged key replaces one that stands before it. Source: Psych, `revive_hash`.
 */
export function flattenMergeKeys(root: YamlNode, budget: WorkBudget): YamlNode {
  // anchors are shared: each is flattened once, and in the order of the text before its aliases
  const done = new Map<YamlNode, YamlNode>();
  const flatten = (node: YamlNode): YamlNode => {
    if (node.kind === 'scalar') return node;
    const known = done.get(node);
    if (known !== undefined) return known;
    const flat =
      node.kind === 'list'
        ? { ...node, items: node.items.map(flatten) }
        : { ...node, entries: flattenEntries(node, flatten, budget) };
    done.set(node, flat);
    return flat;
  };
  return flatten(root);
}

function flattenEntries(
  map: YamlMap,
  flatten: (node: YamlNode) => YamlNode,
  budget: WorkBudget,
): readonly YamlEntry[] {
  const entries = map.entries.map((entry) => ({ ...entry, value: flatten(entry.value) }));
  if (!entries.some((entry) => entry.key === '<<')) return entries;
  const byKey = new Map<string, YamlEntry>();
  for (const entry of entries) {
    if (entry.key !== '<<') {
      byKey.set(entry.key, entry);
      continue;
    }
    // the first of a list wins
    const merged = entry.value.kind === 'list' ? entry.value.items.toReversed() : [entry.value];
    for (const one of merged) {
      if (one.kind !== 'map' || !budget.take(one.entries.length)) continue;
      for (const inner of one.entries) byKey.set(inner.key, inner);
    }
  }
  return [...byKey.values()];
}

/** `over` on `base`: maps are merged at every level, all else is replaced. */
export function mergeMaps(base: YamlMap, over: YamlMap, budget: WorkBudget, depth = 0): YamlMap {
  if (!budget.take(base.entries.length + over.entries.length)) return over;
  const byKey = new Map(base.entries.map((entry) => [entry.key, entry]));
  for (const entry of over.entries) {
    const below = byKey.get(entry.key)?.value;
    const isDeep = below?.kind === 'map' && entry.value.kind === 'map' && depth < DEPTH_MAX;
    const value = isDeep ? mergeMaps(below, entry.value, budget, depth + 1) : entry.value;
    byKey.set(entry.key, { ...entry, value });
  }
  return { ...over, entries: [...byKey.values()] };
}

/** A copy that stands at `span` in each of its parts: what another file says, at the place that takes it in. */
export function relocate(node: YamlNode, span: Span, budget: WorkBudget, depth = 0): YamlNode {
  if (!budget.take(1) || depth > DEPTH_MAX) {
    return { kind: 'scalar', span, text: '', type: 'null', style: 'plain' };
  }
  const inner = (one: YamlNode): YamlNode => relocate(one, span, budget, depth + 1);
  switch (node.kind) {
    // no style but the plain one lets places be looked for within the span
    case 'scalar':
      return { ...node, span, style: 'plain' };
    case 'list':
      return { ...node, span, items: node.items.map(inner) };
    case 'map':
      return {
        ...node,
        span,
        entries: node.entries.map(({ key, value }) => ({
          key,
          keySpan: span,
          value: inner(value),
        })),
      };
  }
}
