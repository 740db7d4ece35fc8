import { quoteForeign } from '../../formats/text.ts';
import type { ArtifactRule } from '../rule.ts';
import { npmChange, npmFirst, sdistFiles, wheelFiles } from '../sample-artifact.ts';

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
