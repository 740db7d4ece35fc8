import { quoteForeign } from '../../formats/text.ts';
import { isRecord, parsePackageJson } from '../diff/facts.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst, sdistFiles, wheelFiles } from '../samples/sample-artifact.ts';

const FIELD = /^(?:dependencies|optionalDependencies|peerDependencies|build-requires)\./;
/** A shorthand for GitHub is anything/anything; an alias and a range have no slash before an `@`. */
const NOT_REGISTRY =
  /^(?:git[+:]|git@|github:|gitlab:|bitbucket:|gist:|https?:|ssh:|file:|link:|portal:|patch:|workspace:|catalog:|\.{0,2}\/|~\/)|^(?!npm:)[\w.-]+\/[\w.-]+(?:#|$)/i;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'dependency-source',
  version: 2,
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
      const isForeign = tree.layout === 'npm' ? NOT_REGISTRY.test(range) : /^\s*@\s*\S/.test(range);
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
        about: 'requirements of a wheel',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({}, 'Requires-Dist: a[b]>=1,<2; python_version < "3.9"\n'),
        }),
      },
    ],
  },
};

const HOSTS_SHOWN = 3;

/** npm takes the tarballs of what a package needs from where its npm-shrinkwrap.json says: of one
 * registry all are, so those of other hosts than most stand out. */
function* lockedElsewhere(tree: ArtifactView['tree']): Iterable<ArtifactProblem> {
  const file = tree.byPlace.get('npm-shrinkwrap.json');
  if (tree.layout !== 'npm' || file === undefined) return;
  const counts = new Map<string, number>();
  for (const host of hostsOf(parsePackageJson(tree.texts.get(file.place)), 0)) {
    counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  const most = [...counts].toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  const others = most.slice(1).map(([host]) => host);
  if (others.length === 0) return;
  const shown = others
    .slice(0, HOSTS_SHOWN)
    .map((one) => quoteForeign(one, 100))
    .join(', ');
  const message = `npm-shrinkwrap.json fetches from ${shown} too, and most from ${quoteForeign(most[0]?.[0] ?? '', 100)}`;
  yield { path: file.path, subject: 'npm-shrinkwrap.json', message, effect: 'hold' };
}

/** A lock file that is new decides for everyone where each package comes from. */
function* newLock(
  tree: ArtifactView['tree'],
  change: ArtifactView['change'],
): Iterable<ArtifactProblem> {
  const file = tree.byPlace.get('npm-shrinkwrap.json');
  if (tree.layout !== 'npm' || file === undefined || change === null) return;
  if (change.before.files.some((one) => one.place === file.place)) return;
  const message =
    'npm-shrinkwrap.json is new: npm fetches what this package needs from where it says';
  yield { path: file.path, subject: file.place, message, effect: 'hold' };
}

const LOCK_DEPTH = 100;

/** Of each `resolved`, of all versions of the format. */
function* hostsOf(value: unknown, depth: number): Iterable<string> {
  if (!isRecord(value) || depth > LOCK_DEPTH) return;
  const { resolved, link } = value;
  if (typeof resolved === 'string' && link !== true) yield hostOf(resolved);
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'packages' && key !== 'dependencies') continue;
    if (isRecord(inner)) for (const one of Object.values(inner)) yield* hostsOf(one, depth + 1);
  }
}

function hostOf(url: string): string {
  return /^[a-z+]+:\/\/(?:[^/@]*@)?([^/:]+)/i.exec(url)?.[1]?.toLowerCase() ?? url.slice(0, 100);
}
