import { quoteForeign } from '../../formats/text.ts';
import type { PackedTree } from '../artifact/packed-tree.ts';
import { LOCKED, LOCKED_HOST, LOCKED_PACKAGE, lockedPackages } from '../diff/locked-packages.ts';
import { parsePackageJson } from '../diff/package-json.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst, sdistFiles, wheelFiles } from '../samples/sample-artifact.ts';

const FIELD = /^(?:dependencies|optionalDependencies|peerDependencies|build-requires)\./;
/** A range, a version and a tag have neither slash nor colon; `npm:` names another package there. */
const REGISTRY = /^\s*(?:npm:(?:@[^/@:]+\/)?[^/@:]+(?:@[^/:\\]*)?|[^/:\\]*)$/i;
/** What npm takes for a file in the folder. */
const FILE = /^\s*\.|\.(?:tgz|tar|tar\.gz)\s*$/i;
/** An address behind a project, and behind its extras. */
const ADDRESS = /(?:^|\|\|)\s*(?:\[[^\]]*\]\s*)?@\s*\S/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'dependency-source',
  version: 3,
  category: 'content',
  severity: 'high',
  effect: 'reject',
  about:
    'Dependencies that come from git, a URL, a folder or a workspace, and not from the registry',
  attack:
    'What is installed changes without a version, and its `prepare` script runs on installation: the orphan commit that TanStack: 84 versions / 42 packages depended on (I44); `workspace:` and `file:` are left over by accident and cannot be installed by anyone',
  mend: 'Depend on a published version; publish the fork under a name of your own where you need one',
  *check({ tree, change }) {
    const path = tree.layout === 'npm' ? tree.byPlace.get('package.json')?.path : undefined;
    yield* lockedElsewhere(tree);
    yield* newLock(tree, change);
    for (const [name, range] of tree.facts) {
      if (!FIELD.test(name)) continue;
      const isForeign =
        tree.layout === 'npm' ? !REGISTRY.test(range) || FILE.test(range) : ADDRESS.test(range);
      if (!isForeign) continue;
      const known = change?.before.facts.find((one) => one.name === name);
      const message = `${quoteForeign(name)} comes from ${quoteForeign(range, 200)}, not from the registry`;
      yield {
        message: known?.value === range ? `${message}, as before` : message,
        subject: name,
        ...(known?.value === range ? { effect: 'note', severity: 'low' } : {}),
        ...(path === undefined ? {} : { path }),
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a commit on a forge',
        make: () =>
          npmChange(
            [{}],
            [{ optionalDependencies: { '@a/setup': `github:a/router#${'ab12'.repeat(10)}` } }],
          ),
      },
      { about: 'the shorthand of it', make: () => npmFirst({ dependencies: { a: 'user/repo' } }) },
      {
        about: 'an address',
        make: () => npmFirst({ dependencies: { a: 'https://example.com/a.tgz' } }),
      },
      ...[
        'user@git.example:a/b.git',
        ' github:a/b',
        'HTTPS://a.example/a.tgz',
        'jsr:@a/b@1',
        'a.tgz',
        'npm:a@github:b/c',
      ].map((a) => ({
        about: `${a}, as npm reads it`,
        make: () => npmFirst({ dependencies: { a } }),
      })),
      {
        about: 'a requirement with extras and an address',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({}, 'Requires-Dist: a[b] @ git+https://example.com/a\n'),
        }),
      },
      {
        about: 'a lock file that has another package under the name of a known one',
        make: () =>
          npmFirst(
            {},
            { 'npm-shrinkwrap.json': lockOf({ a: 'https://r.example/b/-/b-1.0.0.tgz' }) },
          ),
      },
      {
        about: 'a lock file with a package that it had not before',
        make: () =>
          npmChange(
            [{}, { 'npm-shrinkwrap.json': lockOf({ a: 'https://r.example/a/-/a-1.0.0.tgz' }) }],
            [
              {},
              {
                'npm-shrinkwrap.json': lockOf({
                  a: 'https://r.example/a/-/a-1.0.0.tgz',
                  b: 'https://r.example/b/-/b-1.0.0.tgz',
                }),
              },
            ],
          ),
      },
      {
        about: 'a lock file that takes all from another host than before',
        make: () =>
          npmChange(
            [{}, { 'npm-shrinkwrap.json': lockOf({ a: 'https://r.example/a/-/a-1.0.0.tgz' }) }],
            [{}, { 'npm-shrinkwrap.json': lockOf({ a: 'https://s.example/a/-/a-1.0.0.tgz' }) }],
          ),
      },
      { about: 'a workspace', make: () => npmFirst({ dependencies: { a: 'workspace:^' } }) },
      {
        about: 'a requirement of a wheel with an address',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({}, 'Requires-Dist: a @ git+https://example.com/a\n'),
        }),
      },
      {
        about: 'a lock file that the version before had not',
        make: () => npmChange([{}], [{}, { 'npm-shrinkwrap.json': '{"lockfileVersion":3}' }]),
      },
      {
        about: 'a lock file that has one package from elsewhere',
        make: () =>
          npmFirst(
            {},
            {
              'npm-shrinkwrap.json': JSON.stringify({
                lockfileVersion: 3,
                packages: {
                  'node_modules/a': { resolved: 'https://registry.example/a/-/a-1.0.0.tgz' },
                  'node_modules/b': { resolved: 'https://registry.example/b/-/b-1.0.0.tgz' },
                  'node_modules/c': { resolved: 'https://other.example/c.tgz' },
                },
              }),
            },
          ),
      },
      {
        about: 'what the build of a source distribution needs, from a URL',
        make: () => ({
          kind: 'sdist',
          entries: sdistFiles({
            'pyproject.toml': '[build-system]\nrequires = ["a @ https://example.com/a.whl"]\n',
          }),
        }),
      },
    ],
    fine: [
      {
        about: 'ranges, tags and aliases',
        make: () =>
          npmFirst({
            dependencies: {
              a: '^1.0.0',
              b: '1.x || >=2 <3',
              c: 'next',
              d: 'npm:@e/f@1.0.0',
              g: '',
            },
          }),
      },
      {
        about: 'other versions of what a lock file had before, under a prefix and an alias',
        make: () =>
          npmChange(
            [
              {},
              {
                'npm-shrinkwrap.json': lockOf({ '@a/b': 'https://r.example/x/@a/b/-/b-1.0.0.tgz' }),
              },
            ],
            [
              {},
              {
                'npm-shrinkwrap.json': lockOf({
                  '@a/b': 'https://r.example/x/@a%2fb/-/b-2.0.0.tgz',
                }),
              },
            ],
          ),
      },
      {
        about: 'requirements of a wheel',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({}, 'Requires-Dist: a[b]>=1,<2; python_version < "3.9"\n'),
        }),
      },
    ],
  },
};

function lockOf(resolved: Readonly<Record<string, string>>): string {
  const packages = Object.entries(resolved).map(([name, one]) => {
    return [`node_modules/${name}`, { version: '1.0.0', resolved: one }] as const;
  });
  return JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(packages) });
}

const LOCK = 'npm-shrinkwrap.json';
const SHOWN = 3;

function shown(names: readonly string[]): string {
  const first = names.slice(0, SHOWN).map((one) => quoteForeign(one, 100));
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `${first.join(', ')}${more}`;
}

/** npm takes the tarballs of what a package needs from where its npm-shrinkwrap.json says: of one
 * registry all are, so those of other hosts than most stand out. */
function* lockedElsewhere(tree: PackedTree): Iterable<ArtifactProblem> {
  const file = tree.byPlace.get(LOCK);
  if (tree.layout !== 'npm' || file === undefined) return;
  const locked = lockedPackages(parsePackageJson(tree.texts.get(file.place)));
  const counts = new Map<string, number>();
  for (const { host } of locked) {
    if (host !== null) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  const most = [...counts].toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  const others = most.slice(1).map(([host]) => host);
  if (others.length > 0) {
    const message = `${LOCK} fetches from ${shown(others)} too, and most from ${quoteForeign(most[0]?.[0] ?? '', 100)}`;
    yield { path: file.path, subject: LOCK, message, effect: 'hold' };
  }
  const renamed = locked.filter(({ name, fetched }) => fetched !== null && fetched !== name);
  if (renamed.length === 0) return;
  const names = renamed.map(({ name, fetched }) => `${fetched} as ${name}`);
  const message = `${LOCK} fetches other packages under names of known ones: ${shown(names)}`;
  yield { path: file.path, subject: `${LOCK} names`, message, effect: 'hold' };
}

/** A lock file decides for everyone where each package comes from, and which there are. */
function* newLock(tree: PackedTree, change: ArtifactView['change']): Iterable<ArtifactProblem> {
  const file = tree.byPlace.get(LOCK);
  if (tree.layout !== 'npm' || file === undefined || change === null) return;
  const problem = (message: string, subject: string) =>
    ({ path: file.path, subject, message, effect: 'hold' }) as const;
  if (!change.before.files.some((one) => one.place === file.place)) {
    const message = `${LOCK} is new: npm fetches what this package needs from where it says`;
    yield problem(message, file.place);
    return;
  }
  const known = new Set(change.before.facts.map((one) => one.name));
  // a summary from before this was told says nothing about it
  if (!known.has(LOCKED)) return;
  const fresh = [...tree.facts.keys()].filter((name) => !known.has(name));
  for (const [start, words] of [
    [LOCKED_PACKAGE, 'has packages that the version before had not'],
    [LOCKED_HOST, 'fetches from hosts that the version before did not'],
  ] as const) {
    const names = fresh.filter((name) => name.startsWith(start));
    if (names.length === 0) continue;
    const message = `${LOCK} ${words}: ${shown(names.map((one) => one.slice(start.length)))}`;
    yield problem(message, `${LOCK} ${start}`);
  }
}
