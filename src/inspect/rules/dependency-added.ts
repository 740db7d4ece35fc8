import { quoteForeign } from '../../formats/text.ts';
import { isCode } from '../artifact/file-kind.ts';
import { isOfExtra } from '../diff/extra-marker.ts';
import { OPTIONAL_PEER } from '../diff/facts.ts';
import type { ArtifactChange, ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst, sdistFiles, wheelFiles } from '../samples/sample-artifact.ts';

const FIELD =
  /^(dependencies|optionalDependencies|peerDependencies|bundleDependencies|bundledDependencies|build-requires)\.(.+)$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'dependency-added',
  version: 3,
  category: 'change',
  severity: 'high',
  effect: 'hold',
  about:
    'A package that everyone who updates will install too, and did not before, or that is packed inside',
  attack:
    'The payload comes with a dependency, and nothing else changes: event-stream 3.3.6 (flatmap-stream) (I02), plain-crypto-js in axios 1.14.1 / 0.30.4 (I38), easy-day-js in @mastra: 144 packages, clean when it was added (I52)',
  mend: 'Look at who publishes the dependency, since when, and what it does on installation; pin it exactly where in doubt, since a later version of it is judged by nobody',
  *check(view) {
    const { tree, change } = view;
    if (change === null) return;
    const before = new Map(change.before.facts.map(({ name, value }) => [name, value]));
    const known = dependenciesIn(before);
    // a summary from before it was told says nothing about what a build needs
    const toldBuild = before.has('build-requires');
    const path = tree.layout === 'npm' ? tree.byPlace.get('package.json')?.path : undefined;
    for (const [fact, range] of tree.facts) {
      const [, field = '', name] = FIELD.exec(fact) ?? [];
      if (name === undefined || (field === 'build-requires' && !toldBuild)) continue;
      const isInstalled = installs(field, name, range, tree.facts);
      if (known.get(name) === true || (known.has(name) && !isInstalled)) continue;
      const news = known.has(name) ? 'did not install by itself' : 'had not';
      yield {
        message: `${field} has ${quoteForeign(name)} (${quoteForeign(range)}), which ${change.version} ${news}`,
        subject: fact,
        ...(isInstalled ? {} : { effect: 'note', severity: 'low' }),
        ...(path === undefined ? {} : { path }),
      };
    }
    yield* bundled(tree, change);
  },
  examples: {
    bad: [
      {
        about: 'a new dependency',
        make: () =>
          npmChange(
            [{ dependencies: { a: '^1.0.0' } }],
            [{ dependencies: { a: '^1.0.0', 'plain-crypto-js': '4.2.1' } }],
          ),
      },
      {
        about: 'a new optional dependency',
        make: () => npmChange([{}], [{ optionalDependencies: { b: '1' } }]),
      },
      {
        about: 'a new peer, which npm, pnpm and Bun install by themselves',
        make: () => npmChange([{}], [{ peerDependencies: { b: '^1.0.0' } }]),
      },
      {
        about: 'a peer that was optional',
        make: () =>
          npmChange(
            [{ peerDependencies: { b: '1' }, peerDependenciesMeta: { b: { optional: true } } }],
            [{ peerDependencies: { b: '1' } }],
          ),
      },
      {
        about: 'one that is packed inside of the package',
        make: () =>
          npmChange(
            [{ dependencies: { a: '1' } }],
            [{ dependencies: { a: '1' } }, { 'node_modules/a/index.js': '' }],
          ),
      },
      {
        about: 'one that is packed as before, with other code and the same package.json',
        make: () =>
          npmChange(
            [{}, { 'node_modules/a/package.json': '{}', 'node_modules/a/index.js': '1' }],
            [{}, { 'node_modules/a/package.json': '{}', 'node_modules/a/index.js': '2' }],
          ),
      },
      ...[
        [' b; extra == "x"', ' b'],
        ['', ' b; extra == "x" or python_version > "3"'],
        ['', ' b; os_name != " and extra == "'],
      ].map(([before, after]) => ({
        about: `a requirement that was${before}, and is${after}`,
        make: () => ({
          kind: 'wheel' as const,
          before: wheelFiles({}, before === '' ? '' : `Requires-Dist:${before}\n`),
          entries: wheelFiles({}, `Requires-Dist:${after}\n`),
        }),
      })),
      {
        about: 'a new requirement of a wheel',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({}, 'Requires-Dist: a>=1\n'),
          entries: wheelFiles({}, 'Requires-Dist: a>=1\nRequires-Dist: b\n'),
        }),
      },
      {
        about: 'what the build of a source distribution needs',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({ 'pyproject.toml': '[build-system]\nrequires = ["setuptools"]\n' }),
          entries: sdistFiles({
            'pyproject.toml': '[build-system]\nrequires = ["setuptools", "helper>=1"]\n',
          }),
        }),
      },
    ],
    noted: [
      {
        about: 'a requirement of an extra, which nobody has who does not ask for it',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({}),
          entries: wheelFiles({}, 'Requires-Dist: b; (os_name == "nt" or a) and extra == "x"\n'),
        }),
      },
      {
        about: 'an optional peer',
        make: () =>
          npmChange(
            [{}],
            [{ peerDependencies: { b: '1' }, peerDependenciesMeta: { b: { optional: true } } }],
          ),
      },
    ],
    fine: [
      {
        about: 'another version of one that is packed inside',
        make: () =>
          npmChange(
            [{}, { 'node_modules/a/package.json': '{}', 'node_modules/a/index.js': '1' }],
            [{}, { 'node_modules/a/package.json': '{"a":1}', 'node_modules/a/index.js': '2' }],
          ),
      },
      {
        about: 'another version of a known one',
        make: () =>
          npmChange([{ dependencies: { a: '^1.0.0' } }], [{ dependencies: { a: '^1.1.0' } }]),
      },
      {
        about: 'one that moves from optional to required',
        make: () =>
          npmChange([{ optionalDependencies: { a: '1' } }], [{ dependencies: { a: '1' } }]),
      },
      { about: 'a first release', make: () => npmFirst({ dependencies: { a: '1' } }) },
    ],
  },
};

/** By name, whether it is installed by itself. */
function dependenciesIn(facts: ReadonlyMap<string, string>): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const [fact, range] of facts) {
    const [, field = '', name] = FIELD.exec(fact) ?? [];
    if (name === undefined) continue;
    found.set(name, found.get(name) === true || installs(field, name, range, facts));
  }
  return found;
}

/** Whether everyone gets it who installs the package: not an optional peer, nor what an extra needs. */
function installs(
  field: string,
  name: string,
  range: string,
  facts: ReadonlyMap<string, string>,
): boolean {
  if (field === 'peerDependencies') return !facts.has(`${OPTIONAL_PEER}${name}`);
  // requirements of one project stand beside each other
  return !range.split(' || ').every(isOfExtra);
}

const BUNDLED = /^node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\//i;
const BUNDLED_SHOWN = 20;

/** Packages inside of the package take the place of those that its dependencies name. */
function* bundled(
  tree: ArtifactView['tree'],
  { before, difference, version }: ArtifactChange,
): Iterable<ArtifactProblem> {
  if (tree.layout !== 'npm') return;
  const nameOf = ({ place }: { readonly place: string }) => BUNDLED.exec(place)?.[1];
  const known = new Set(before.files.map(nameOf));
  const told = new Set<string>();
  const described = new Set(
    difference.changed.flatMap(({ after }) =>
      /\/package\.json$/i.test(after.place) ? (nameOf(after) ?? []) : [],
    ),
  );
  const changed = difference.changed.map(({ after }) => after);
  for (const file of [...difference.added, ...changed]) {
    const name = nameOf(file);
    if (name === undefined || told.has(name) || told.size >= BUNDLED_SHOWN) continue;
    const isNew = !known.has(name);
    if (!isNew && (described.has(name) || !isCode(file.place))) continue;
    told.add(name);
    const message = isNew
      ? `${quoteForeign(name)} is packed inside, which ${version} had not`
      : `${quoteForeign(name)} is packed inside with other code, and its package.json is that of before`;
    const path = tree.byPlace.get(file.place)?.path;
    yield { message, subject: `node_modules/${name}`, ...(path === undefined ? {} : { path }) };
  }
}
