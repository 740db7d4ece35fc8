/**
 * One pipeline's configuration, out of all its files: what a job is after includes, `extends` and
 * `!reference`, as the file that writes the job sees it. Source: GitLab documentation, "CI/CD YAML
 * syntax reference" and "Optimize GitLab CI/CD configuration files".
 */

import type { SourceText, Span } from '../source-text.ts';
import {
  asScalar,
  asScalars,
  entriesOf,
  valueAt,
  type YamlEntry,
  type YamlList,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from '../yaml/yaml-node.ts';
import { mergeMaps, relocate, type WorkBudget } from './pipeline-node.ts';

/** One file after its merge keys. */
export interface ConfigFile {
  readonly source: SourceText;
  readonly root: YamlMap;
}

/** A top-level entry with the file that has the last word on it. */
export interface ConfigEntry {
  readonly file: ConfigFile;
  readonly entry: YamlEntry;
}

/** GitLab follows eleven levels of `extends` and ten of references. */
const EXTENDS_DEPTH_MAX = 11;
const REFERENCE_DEPTH_MAX = 10;
const WALK_DEPTH_MAX = 64;

const EMPTY: YamlMap = { kind: 'map', span: { start: 0, end: 0 }, entries: [] };

/** `files` from the first include to the root file, which has the last word. */
export class PipelineConfig {
  readonly files: readonly ConfigFile[];
  readonly #budget: WorkBudget;
  readonly #fragments = new Map<string, ConfigEntry[]>();

  constructor(files: readonly ConfigFile[], budget: WorkBudget) {
    this.files = files;
    this.#budget = budget;
    for (const file of files) {
      for (const entry of file.root.entries) {
        const known = this.#fragments.get(entry.key);
        if (known === undefined) this.#fragments.set(entry.key, [{ file, entry }]);
        else known.push({ file, entry });
      }
    }
  }

  /** Every top-level key, with the file that has the last word. */
  entries(): readonly ConfigEntry[] {
    return [...this.#fragments.values()].flatMap((fragments) => fragments.at(-1) ?? []);
  }

  /**
   * What stands under a top-level key, seen from `home`: parts of other files stand at `at`. Null
   * where there is no such key. References are replaced.
   */
  value(key: string, home: ConfigFile, at: Span): YamlNode | null {
    const joined = this.#joined(key, home, at);
    return joined === null ? null : this.#resolve(joined, home, 0, 0);
  }

  /** Whether all that the entry extends is in the files that were read. */
  isWhole(key: string, depth = 0): boolean {
    const fragments = this.#fragments.get(key);
    if (fragments === undefined) return false;
    if (depth >= EXTENDS_DEPTH_MAX || !this.#budget.take(1)) return true;
    const parents = fragments.flatMap(({ entry }) => asScalars(valueAt(entry.value, 'extends')));
    return parents.every(({ text }) => this.isWhole(text, depth + 1));
  }

  /** A job or template with all that it extends. */
  job(key: string, home: ConfigFile, at: Span): YamlMap {
    const extended = this.#extended(key, home, at, 0);
    const resolved = extended === null ? EMPTY : this.#resolve(extended, home, 0, 0);
    return resolved.kind === 'map' ? resolved : EMPTY;
  }

  #joined(key: string, home: ConfigFile, at: Span): YamlNode | null {
    const fragments = (this.#fragments.get(key) ?? []).map(({ file, entry }) =>
      file === home ? entry.value : relocate(entry.value, at, this.#budget),
    );
    const [first, ...rest] = fragments;
    return rest.reduce<YamlNode | null>(
      (joined, own) =>
        joined?.kind === 'map' && own.kind === 'map' ? mergeMaps(joined, own, this.#budget) : own,
      first ?? null,
    );
  }

  #extended(key: string, home: ConfigFile, at: Span, depth: number): YamlNode | null {
    const own = this.#joined(key, home, at);
    if (own?.kind !== 'map') return own;
    const parents = asScalars(valueAt(own, 'extends'));
    if (parents.length === 0 || depth >= EXTENDS_DEPTH_MAX || !this.#budget.take(1)) return own;
    let merged = EMPTY;
    for (const { text, span } of parents) {
      const parent = this.#extended(text, home, span, depth + 1);
      if (parent?.kind === 'map') merged = mergeMaps(merged, parent, this.#budget);
    }
    return mergeMaps(merged, own, this.#budget);
  }

  /** `hops` counts references within references, `depth` levels of the tree. */
  #resolve(node: YamlNode, home: ConfigFile, hops: number, depth: number): YamlNode {
    if (node.kind === 'scalar') return node;
    if (depth > WALK_DEPTH_MAX || !this.#budget.take(1)) return EMPTY;
    if (node.kind === 'map') {
      const entries = node.entries.map((entry) => ({
        ...entry,
        value: this.#resolve(entry.value, home, hops, depth + 1),
      }));
      return { ...node, entries };
    }
    if (node.tag === '!reference') return this.#follow(node, home, hops, depth);
    return { ...node, items: node.items.map((one) => this.#resolve(one, home, hops, depth + 1)) };
  }

  #follow(reference: YamlList, home: ConfigFile, hops: number, depth: number): YamlNode {
    const [first, ...path] = asScalars(reference);
    const empty: YamlList = { kind: 'list', span: reference.span, items: [] };
    if (first === undefined || hops >= REFERENCE_DEPTH_MAX) return empty;
    let found = this.#extended(first.text, home, reference.span, 0);
    for (const step of path) found = valueAt(found, step.text);
    // a reference into a file of another project stays: nobody knows what it stands for
    return found === null ? reference : this.#resolve(found, home, hops + 1, depth + 1);
  }
}

const RESERVED = new Set([
  'default',
  'include',
  'stages',
  'types',
  'variables',
  'workflow',
  'image',
  'services',
  'cache',
  'before_script',
  'after_script',
  'spec',
]);

/** Whether a top-level entry is a job that runs, and no setting and no template. */
export function isJob({ key, value }: YamlEntry): boolean {
  return value.kind === 'map' && !key.startsWith('.') && !RESERVED.has(key);
}

/** The texts of a script, with those of lists in lists, in order. `max` bounds how many. */
export function flatScalars(node: YamlNode | null, max: number): readonly YamlScalar[] {
  return [...flatItems(node, max)].flatMap((one) => asScalar(one) ?? []);
}

/** The entries of a list of maps, with those of lists in lists; a reference gives such. */
export function flatMaps(node: YamlNode | null, max: number): readonly YamlNode[] {
  return [...flatItems(node, max)].filter((one) => entriesOf(one).length > 0);
}

/** What is no list, at most `max` of it; an unfollowed reference has nothing. */
function* flatItems(node: YamlNode | null, max: number): Generator<YamlNode> {
  let found = 0;
  let looked = 0;
  const walk = function* (one: YamlNode | null, depth: number): Generator<YamlNode> {
    looked += 1;
    // lists of empty lists give nothing and still cost
    if (one === null || found >= max || looked > max * 4 || depth > WALK_DEPTH_MAX) return;
    if (one.kind !== 'list') {
      found += 1;
      yield one;
    } else if (one.tag !== '!reference') {
      for (const item of one.items) yield* walk(item, depth + 1);
    }
  };
  yield* walk(node, 0);
}
