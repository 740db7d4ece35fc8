/** Which packed files run where some are started: what they load of the package, and what that loads. */
import { subpathOf, targetsOf } from '../diff/entry-targets.ts';
import { isCode } from './file-kind.ts';
import { placesNamed } from './named-place.ts';
import type { PackedFile, PackedTree } from './packed-tree.ts';
import { insidePath } from './relative-path.ts';

/** Files that are followed, and names in them: where there are more, all code counts as loaded. */
const FILES_MAX = 2000;
const NAMES_MAX = 50_000;

/** The package as its files are looked for. */
interface Ways {
  readonly tree: PackedTree;
  /** The name of the package. */
  readonly own: string;
  /** Places by their folders, which end with a slash; '' is the top. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
  /** Places of bundled dependencies by their names. */
  readonly bundled: ReadonlyMap<string, readonly string[]>;
}

/** Files that `starts` load, each once and in order of the way, with those that are packed of `starts`
 * themselves. `own` is the name of the package. Nothing is followed where nobody asked what files
 * load. */
export function loadedFiles(
  starts: Iterable<string>,
  tree: PackedTree,
  own: string,
): readonly PackedFile[] {
  const found = new Map<string, PackedFile>();
  const reach = (place: string) => {
    const file = tree.byPlace.get(place);
    if (file !== undefined) found.set(place, file);
  };
  for (const place of starts) reach(place);
  if (found.size === 0) return [];
  const ways = { tree, own, folders: foldersOf(tree), bundled: bundledOf(tree) };
  let names = 0;
  // a map shows what is added while it is walked through
  for (const file of found.values()) {
    const { modules, files, starts: begun, isCut } = file.loads;
    names += modules.length + files.length + begun.length;
    if (isCut || names > NAMES_MAX || found.size > FILES_MAX) return allCode(found, tree);
    const places = /\.pyw?$/i.test(file.place)
      ? placesOfPython(file, tree)
      : placesOfScript(file, ways);
    for (const place of places) reach(place);
  }
  return [...found.values()];
}

function allCode(found: ReadonlyMap<string, PackedFile>, tree: PackedTree): readonly PackedFile[] {
  const rest = tree.files.filter((one) => isCode(one.place) && !found.has(one.place));
  return [...found.values(), ...rest];
}

function foldersOf({ files }: PackedTree): Ways['folders'] {
  return Map.groupBy(
    files.map((one) => one.place),
    folderOf,
  );
}

const BUNDLED = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//;

function bundledOf({ files }: PackedTree): Ways['bundled'] {
  const places = files.map((one) => one.place).filter((place) => BUNDLED.test(place));
  return Map.groupBy(places, (place) => BUNDLED.exec(place)?.[1] ?? '');
}

function folderOf(place: string): string {
  return place.slice(0, place.lastIndexOf('/') + 1);
}

function* placesOfScript({ place, loads }: PackedFile, ways: Ways): Iterable<string> {
  const { tree, own } = ways;
  const folder = folderOf(place);
  for (const name of loads.modules) {
    if (/^\.{1,2}(?:\/|$)/.test(name)) yield* placesNamed(`${folder}${name}`, tree);
    else if (name.startsWith('#')) yield* targetsIn('imports', name, tree);
    else if (name === own || name.startsWith(`${own}/`)) yield* ownPlaces(name, ways);
    else yield* ways.bundled.get(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? '') ?? [];
  }
  yield* placesOfFiles(loads.files, folder, tree);
  for (const name of loads.starts) yield* placesFrom(`${folder}${name}`, ways);
}

/** Files by their whole names, beside the file or from the top of the package, where it is started. */
function* placesOfFiles(
  names: readonly string[],
  folder: string,
  tree: PackedTree,
): Iterable<string> {
  for (const name of names) {
    for (const path of [insidePath(`${folder}${name}`), insidePath(name)]) {
      if (path !== null && tree.byPlace.has(path)) yield path;
    }
  }
}

/** Of a name whose end is not said, what lies in its folder and begins so. */
function placesFrom(start: string, { folders }: Ways): readonly string[] {
  const folder = insidePath(folderOf(start) || '.');
  if (folder === null) return [];
  const inside = folder === '.' ? '' : `${folder}/`;
  const begin = `${inside}${start.slice(start.lastIndexOf('/') + 1)}`;
  return (folders.get(inside) ?? []).filter((place) => place.startsWith(begin));
}

function* ownPlaces(name: string, { tree, own }: Ways): Iterable<string> {
  const inner = name.slice(own.length + 1);
  yield* placesNamed(inner === '' ? '.' : inner, tree);
  yield* targetsIn('exports', inner === '' ? '.' : `./${inner}`, tree);
}

/** Files that a map of package.json leads to from what is asked for; a pattern leads to any. */
function* targetsIn(field: string, asked: string, tree: PackedTree): Iterable<string> {
  for (const [name, target] of targetsOf(tree.facts.get(field) ?? '')) {
    const known = subpathOf(name);
    const [begin = '', end] = known.split('*');
    if (known === asked) yield* placesNamed(target, tree);
    else if (end !== undefined && asked.startsWith(begin) && asked.endsWith(end)) {
      const middle = asked.slice(begin.length, asked.length - end.length);
      yield* placesNamed(target.replaceAll('*', middle), tree);
    }
  }
}

/** Folders that modules of Python are looked for in. */
const PYTHON_FOLDERS = ['', 'src/'];
/** Of the folders that a file adds to them. */
const ADDED_MAX = 10;

function* placesOfPython({ place, loads }: PackedFile, tree: PackedTree): Iterable<string> {
  const folder = folderOf(place);
  const added = loads.starts.slice(0, ADDED_MAX).flatMap((one) => {
    const path = insidePath(one);
    return path === null || path === '.' ? [] : [`${path}/`];
  });
  for (const name of loads.modules) {
    const dots = /^\.*/.exec(name)?.[0].length ?? 0;
    const path = name.slice(dots).replaceAll('.', '/');
    const begins =
      dots === 0
        ? [...PYTHON_FOLDERS, folder, ...added]
        : [insidePath(`${folder}${'../'.repeat(dots - 1)}`) ?? '.'].map((one) =>
            one === '.' ? '' : `${one}/`,
          );
    for (const begin of begins) yield* placesOfModule(begin, path);
  }
  yield* placesOfFiles(loads.files, folder, tree);
}

/** A module, and the packages around it, which are run before it. */
function* placesOfModule(begin: string, path: string): Iterable<string> {
  const parts = path.split('/').filter((one) => one !== '');
  if (parts.length === 0) yield `${begin}__init__.py`;
  for (let length = 1; length <= parts.length; length += 1) {
    const module = `${begin}${parts.slice(0, length).join('/')}`;
    yield `${module}/__init__.py`;
    yield `${module}.py`;
  }
}
