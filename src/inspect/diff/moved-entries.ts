/** Ways into an npm package that lead to a new file now. */
import { placesNamed } from '../artifact/named-place.ts';
import type { PackedTree } from '../artifact/packed-tree.ts';
import { insidePath } from '../artifact/relative-path.ts';
import type { ArtifactChange } from '../rule.ts';
import { subpathOf, targetsOf } from './entry-targets.ts';
import { ENTRY_MAPS } from './facts.ts';

/** `name` is a field of package.json, with what is asked for in it. */
interface MovedEntry {
  readonly name: string;
  readonly now: string;
  readonly before: string;
}

const DECLARATION = /\.d\.[cm]?ts$/i;

/** Parts of `exports`, `imports` and `browser` that were there before, or have a new condition, and
 * a `main` that is called as before while a new file takes its place. None of a first release. */
export function* movedEntries(
  tree: PackedTree,
  change: ArtifactChange | null,
): Iterable<MovedEntry> {
  if (change === null || tree.layout !== 'npm') return;
  const fresh = new Set(change.difference.added.map((one) => one.place));
  for (const field of ENTRY_MAPS) yield* movedParts(field, tree, change, fresh);
  yield* shadowed(tree, change, fresh);
}

function* movedParts(
  field: string,
  tree: PackedTree,
  change: ArtifactChange,
  fresh: ReadonlySet<string>,
): Iterable<MovedEntry> {
  const old = change.before.facts.find((one) => one.name === field)?.value;
  const now = tree.facts.get(field);
  if (now === undefined || old === now) return;
  const known = targetsOf(old ?? mainBefore(field, change));
  const firsts = new Map<string, string>();
  for (const [name, target] of known) {
    if (!firsts.has(subpathOf(name))) firsts.set(subpathOf(name), target);
  }
  for (const [name, target] of targetsOf(now)) {
    const before = known.get(name) ?? firsts.get(subpathOf(name));
    const moved = insidePath(target);
    if (before === undefined || before === target || moved === null) continue;
    if (!fresh.has(moved) || DECLARATION.test(target)) continue;
    // a build that names its files by their content has another name each time
    if (tree.byPlace.has(insidePath(before) ?? '')) {
      yield { name: `${field} ${name}`, now: moved, before };
    }
  }
}

/** Where nothing was exported by a map, `main` was. */
function mainBefore(field: string, { before }: ArtifactChange): string {
  const main = before.facts.find((one) => one.name === 'main')?.value ?? 'index.js';
  return field === 'exports' ? `./${main.replace(/^\.\//, '')}` : '{}';
}

/** Node takes `lib` and `lib.js` before `lib/index.js`. */
function* shadowed(
  tree: PackedTree,
  { before }: ArtifactChange,
  fresh: ReadonlySet<string>,
): Iterable<MovedEntry> {
  const main = tree.facts.get('main') ?? 'index.js';
  if (main !== (before.facts.find((one) => one.name === 'main')?.value ?? 'index.js')) return;
  const old = new Set(before.files.map((one) => one.place));
  const places = placesNamed(main, tree);
  const now = places.find((one) => tree.byPlace.has(one));
  const known = places.find((one) => old.has(one));
  if (now !== undefined && known !== undefined && now !== known && fresh.has(now)) {
    yield { name: `main ${main}`, now, before: known };
  }
}
