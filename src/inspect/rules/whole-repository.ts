import { quoteForeign } from '../../formats/text.ts';
import type { PackedTree } from '../artifact/packed-tree.ts';
import { parsePackageJson } from '../diff/package-json.ts';
import type { ArtifactRule } from '../rule.ts';
import { npmChange, npmFirst, sdistFiles, wheelFiles } from '../samples/sample-artifact.ts';

/** What a repository has at its top and a package does not need. Without the first it is no sign. */
const SIGNS: readonly RegExp[] = [
  // what CI runs
  /^(?:\.(?:github|gitea|forgejo)\/workflows\/.+\.ya?ml|\.gitlab-ci\.yml|\.circleci\/.+|\.buildkite\/.+|\.woodpecker(?:\.ya?ml|\/.+)|\.(?:travis|drone|appveyor)\.yml|(?:azure|bitbucket)-pipelines\.yml|Jenkinsfile)$/,
  // what only git reads, and who may change what
  /^(?:\.git|\.gitmodules|\.gitattributes|\.gitignore|\.git-blame-ignore-revs|\.mailmap|(?:\.github\/|docs\/)?CODEOWNERS)$/,
  // what is installed to work on it
  /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?|uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|Cargo\.lock|go\.sum)$/,
  // what tells tools how to work on it
  /^(?:\.editorconfig|\.eslintrc[^/]*|eslint\.config\.[^/]+|\.prettierrc[^/]*|biome\.jsonc?|\.pre-commit-config\.yaml|renovate\.json5?|\.github\/(?:dependabot|renovate)[^/]*|tox\.ini|noxfile\.py|\.nvmrc|\.node-version|\.tool-versions|Makefile|justfile|Dockerfile|lerna\.json|nx\.json|turbo\.json)$/,
  /^(?:tests?|__tests__|specs?|e2e)\/.+/,
];
const SIGNS_LEAST = 3;

/** What describes the machines of its owners, or calls itself private. */
const INSIDE =
  /^(?:infra(?:structure)?|terraform|deploy(?:ments?)?|k8s|kubernetes|helm|ansible|ops|private|confidential|secrets?)\/.+|^[^/]+\.tf$|^(?:docker-)?compose(?:\.[a-z]+)?\.ya?ml$/;
/** A package that must not be published, and is none of an example. */
const MEMBER = /^(?:packages|apps|services|modules|libs)\/[^/]+\/package\.json$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'whole-repository',
  version: 1,
  category: 'content',
  severity: 'medium',
  effect: 'hold',
  about:
    'The package looks like the whole repository: what CI runs, what git reads, lock files, tests and settings of tools at its top; held where the version before did not, or where deployments or private packages are among it',
  attack:
    'A lost `files` list publishes what was never meant to be seen, and what CI runs shows an attacker where to begin: a workflow of the repository was the way into elementary-data 0.23.3 (PyPI + image) (I41)',
  mend: 'List what belongs into the package (`files` in package.json, the include list of the build backend), and look with `npm pack --dry-run` or at the list of the wheel',
  *check({ tree, change }) {
    if (tree.layout === 'other') return;
    const shown = signsOf(tree.files);
    if (shown === null) return;
    const path = tree.byPlace.get(shown[0] ?? '')?.path;
    const at = path === undefined ? {} : { path };
    const what = `this looks like the whole repository: ${shown.map((one) => quoteForeign(one, 60)).join(', ')}`;
    if (change !== null && signsOf(change.before.files) === null) {
      yield { message: `${what}; the version before did not`, ...at };
      return;
    }
    const inside = insideOf(tree);
    if (inside === null || change !== null || tree.layout === 'sdist') {
      yield { message: what, effect: 'note', severity: 'low', ...at };
      return;
    }
    yield { message: `${what}, and with it ${quoteForeign(inside, 100)}`, ...at };
  },
  examples: {
    bad: [
      {
        about: 'a package that had a list of files before',
        make: () =>
          npmChange(
            [{}, { 'index.js': '' }],
            [{}, { 'index.js': '', ...REPOSITORY, 'tests/a.js': '' }],
          ),
      },
      {
        about: 'a wheel with deployments beside its modules',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({
            'agent.py': '',
            ...REPOSITORY,
            'infra/main.tf': 'provider "a" {}',
          }),
        }),
      },
      {
        about: 'a root with a package that must not be published',
        make: () =>
          npmFirst(
            { workspaces: ['packages/*'] },
            { ...REPOSITORY, 'packages/admin/package.json': '{"name":"admin","private":true}' },
          ),
      },
      {
        about: 'a source distribution that was small before',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({ 'agent.py': '' }),
          entries: sdistFiles({ 'agent.py': '', ...REPOSITORY }),
        }),
      },
    ],
    noted: [
      {
        about: 'a first release that packs its repository, with nothing private in it',
        make: () => npmFirst({}, REPOSITORY),
      },
      {
        about: 'the same as in the version before',
        make: () => npmChange([{}, REPOSITORY], [{}, { ...REPOSITORY, 'a.js': '1' }]),
      },
    ],
    fine: [
      {
        about: 'tests and settings without what CI runs',
        make: () =>
          npmChange(
            [{}, { 'a.js': '' }],
            [{}, { 'test/a.js': '', '.editorconfig': 'root = true' }],
          ),
      },
      {
        about: 'a template of a repository below a folder',
        make: () => npmFirst({}, { 'template/.github/workflows/ci.yml': '', 'template/x': '' }),
      },
      {
        about: 'a workflow alone',
        make: () => npmFirst({}, { '.github/workflows/ci.yml': 'on: push' }),
      },
    ],
  },
};

const REPOSITORY = {
  '.github/workflows/ci.yml': 'on: push\n',
  '.gitattributes': '* text\n',
  '.editorconfig': 'root = true\n',
};

/** One place for each sign, that of CI first; null where there are too few of them. */
function signsOf(files: readonly { readonly place: string }[]): readonly string[] | null {
  const shown = SIGNS.flatMap((sign) => files.find((one) => sign.test(one.place))?.place ?? []);
  const isWhole = shown.length >= SIGNS_LEAST && SIGNS[0]?.test(shown[0] ?? '') === true;
  return isWhole ? shown : null;
}

/** The first file that nobody outside should have; null where there is none. */
function insideOf({ files, texts }: PackedTree): string | null {
  const isPrivate = (place: string) =>
    MEMBER.test(place) && parsePackageJson(texts.get(place))?.['private'] === true;
  return files.find(({ place }) => INSIDE.test(place) || isPrivate(place))?.place ?? null;
}
