import { quoteForeign } from '../../formats/text.ts';
import type { PackedFile, PackedTree } from '../artifact/packed-tree.ts';
import { insidePath } from '../artifact/relative-path.ts';
import { movedEntries } from '../diff/moved-entries.ts';
import { isRecord, parsePackageJson } from '../diff/package-json.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst, wheelFiles } from '../samples/sample-artifact.ts';

const POINT = /^(?:main|module|browser|bin\..+|(?:console|gui)_scripts\..+)$/;
/** Commands that people type every day: a package that brings one takes their place. */
const EVERYDAY =
  /^(?:bin|console_scripts)\.(?:npm|npx|node|node-gyp|corepack|yarn|pnpm|pnpx|bun|bunx|git|gh|python(?:3(?:\.\d+)?)?|pip(?:3(?:\.\d+)?)?|uv|uvx|twine|sh|bash|curl|wget|ssh|sudo|ls|cat|cp|mv|rm|env|tar|make|docker|kubectl|aws|gcloud|az)(?:\.(?:exe|cmd|bat|ps1|com))?$/i;
/** Tools that scripts of projects call: a new command of this name answers in their place. */
const TOOLS =
  /^bin\.(?:tsc|tsx|ts-node|eslint|prettier|jest|vitest|mocha|webpack|vite|rollup|esbuild|next|nuxt|ng|turbo|nx|lerna|husky|babel|swc|gulp|grunt|playwright|cypress|prisma|wrangler|vercel|netlify|firebase|serverless|cdk|expo|react-native|pm2|nodemon|rimraf|cross-env|concurrently)$/i;
/** The tools of others that have a name of their own here. */
const OWNERS: ReadonlyMap<string, string> = new Map([
  ['awscli', 'aws'],
  ['azure-cli', 'az'],
]);
/** Scripts of a wheel, which land where its console scripts do. */
const SCRIPT = /^\.data\/(?:scripts|data\/(?:bin|Scripts))\/([^/]+?)(?:\.(?:exe|bat|cmd|py))?$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'entry-point-moved',
  version: 5,
  category: 'change',
  severity: 'medium',
  effect: 'hold',
  about:
    'What is loaded or started first is a file that is new in this version, or a command takes the name of an everyday tool',
  attack:
    'The way in is led through a new file that loads the old one, so that the difference of the old files is empty: the loader in lightning 2.6.2 / 2.6.3 (PyPI), intercom-client 7.0.3/4 (I43)',
  mend: 'Read the new file from its first line on, then acknowledge',
  *check(view) {
    const { tree, change } = view;
    const path = tree.layout === 'npm' ? tree.byPlace.get('package.json')?.path : undefined;
    const place = path === undefined ? {} : { path };
    const isOwner = isOfOwner(ownName(view));
    yield* everydayFiles(view);
    const fresh = new Set(change?.difference.added.map((one) => one.place));
    for (const { name, now, before } of movedEntries(tree, change)) {
      const message = `${quoteForeign(name)} is now ${quoteForeign(now)}, a new file; it was ${quoteForeign(before)}`;
      yield { message, subject: name, ...place };
    }
    for (const [name, target] of tree.facts) {
      if (!POINT.test(name)) continue;
      const before = change?.before.facts.find((one) => one.name === name)?.value;
      if (before === target) continue;
      if (!isOwner && takesName(name, change !== null && before === undefined)) {
        const message = `${quoteForeign(name)} takes the name of an everyday command`;
        yield { message, subject: name, ...place };
      }
      const moved = candidates(target).find((one) => fresh.has(one));
      if (moved === undefined || (before === undefined && !name.startsWith('main'))) continue;
      const message = `${quoteForeign(name)} is now ${quoteForeign(moved)}, a new file; it was ${quoteForeign(before ?? 'index.js')}`;
      yield { message, subject: name, ...place };
    }
  },
  examples: {
    bad: [
      {
        about: 'a main that is a new file',
        make: () =>
          npmChange(
            [{ main: 'index.js' }, { 'index.js': '' }],
            [{ main: 'loader.js' }, { 'index.js': '', 'loader.js': '' }],
          ),
      },
      {
        about: 'a command of an everyday name',
        make: () => npmFirst({ bin: { npm: 'cli.js' } }, { 'cli.js': '' }),
      },
      {
        about: 'an export that is led through a new file',
        make: () =>
          npmChange(
            [{ exports: { '.': { import: './a.js' } } }, { 'a.js': '' }],
            [{ exports: { '.': { import: './b.js' } } }, { 'a.js': '', 'b.js': '' }],
          ),
      },
      {
        about: 'a command of an everyday name, which the package has in the scope of others',
        make: () => npmFirst({ name: '@a/npm', bin: { npm: 'cli.js' } }, { 'cli.js': '' }),
      },
      {
        about: 'a condition that an export had not, and a map where only main was',
        make: () =>
          npmChange(
            [{ exports: './a.js' }, { 'a.js': '' }],
            [{ exports: { node: './b.js', default: './a.js' } }, { 'a.js': '', 'b.js': '' }],
          ),
      },
      {
        about: 'exports where only main was',
        make: () =>
          npmChange(
            [{ main: 'a.js' }, { 'a.js': '' }],
            [
              { main: 'a.js', exports: './b.js' },
              { 'a.js': '', 'b.js': '' },
            ],
          ),
      },
      ...['imports', 'browser'].map((field) => ({
        about: `a file of ${field} that is led through a new one`,
        make: () =>
          npmChange(
            [{ [field]: { '#a': './a.js' } }, { 'a.js': '' }],
            [{ [field]: { '#a': './b.js' } }, { 'a.js': '', 'b.js': '' }],
          ),
      })),
      {
        about: 'a new file that Node takes before the main of before',
        make: () =>
          npmChange(
            [{ main: 'lib' }, { 'lib/index.js': '' }],
            [{ main: 'lib' }, { 'lib/index.js': '', 'lib.js': '' }],
          ),
      },
      {
        about: 'a new command that has the name of a tool of projects',
        make: () => npmChange([{}, { 'a.js': '' }], [{ bin: { tsc: 'a.js' } }, { 'a.js': '' }]),
      },
      ...[{ Node: 'a.js' }, { 'npm.cmd': 'a.js' }].map((bin) => ({
        about: `a command called ${Object.keys(bin).join()}, which is an everyday one on some machines`,
        make: () => npmFirst({ bin }, { 'a.js': '' }),
      })),
      {
        about: 'a folder of commands beside a list of none',
        make: () => npmFirst({ bin: null, directories: { bin: 'cmds' } }, { 'cmds/npm': '' }),
      },
      {
        about: 'a command of an everyday name under a path',
        make: () => npmFirst({ bin: { 'x/npm': 'cli.js' } }, { 'cli.js': '' }),
      },
      {
        about: 'a command of an everyday name in the folder of commands',
        make: () => npmFirst({ directories: { bin: './cmds' } }, { 'cmds/npm': '' }),
      },
      {
        about: 'a script of a wheel with an everyday name',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'aitbc_agent_sdk-1.2.3.data/scripts/git': '#!python\n' }),
        }),
      },
      {
        about: 'a console script in a new module',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({
            'a.py': '',
            'aitbc_agent_sdk-1.2.3.dist-info/entry_points.txt': '[console_scripts]\na = a:main\n',
          }),
          entries: wheelFiles({
            'a.py': '',
            'b.py': '',
            'aitbc_agent_sdk-1.2.3.dist-info/entry_points.txt': '[console_scripts]\na = b:main\n',
          }),
        }),
      },
    ],
    fine: [
      {
        about: 'declarations for an export, and a tool that belongs to the package',
        make: () =>
          npmChange(
            [{ name: 'webpack-cli', exports: './a.js' }, { 'a.js': '' }],
            [
              {
                name: 'webpack-cli',
                bin: { webpack: 'a.js' },
                exports: { types: './a.d.ts', default: './a.js' },
              },
              { 'a.js': '', 'a.d.ts': '' },
            ],
          ),
      },
      {
        about: 'an export that is new, and one whose file has another name now',
        make: () =>
          npmChange(
            [{ exports: { '.': './a-1.js' } }, { 'a-1.js': '' }],
            [{ exports: { '.': './a-2.js', './b': './b.js' } }, { 'a-2.js': '', 'b.js': '' }],
          ),
      },
      {
        about: 'the same main',
        make: () =>
          npmChange([{ main: 'a.js' }, { 'a.js': '' }], [{ main: 'a.js' }, { 'a.js': '1' }]),
      },
      {
        about: 'one known file for another',
        make: () =>
          npmChange(
            [{ main: 'a.js' }, { 'a.js': '', 'b.js': '' }],
            [{ main: 'b.js' }, { 'a.js': '', 'b.js': '' }],
          ),
      },
      {
        about: 'the everyday tool itself',
        make: () => npmFirst({ name: 'npm', bin: { npm: 'a.js', npx: 'a.js' } }, { 'a.js': '' }),
      },
      {
        about: 'the everyday tool in its own scope',
        make: () => npmFirst({ name: '@pnpm/exe', bin: { pnpm: 'a', pnpx: 'a' } }, { a: '' }),
      },
      { about: 'a first release', make: () => npmFirst({ bin: { a: 'a.js' } }, { 'a.js': '' }) },
    ],
  },
};

/** A command that is new in a known package answers where scripts call a tool, too. */
function takesName(name: string, isNew: boolean): boolean {
  return EVERYDAY.test(name) || (isNew && TOOLS.test(name));
}

/** Files that are new commands of an everyday name. */
function* everydayFiles(view: ArtifactView): Iterable<ArtifactProblem> {
  const own = ownName(view);
  if (EVERYDAY.test(`bin.${own}`)) return;
  const known = new Set(view.change?.before.files.map((one) => one.place));
  for (const { name, file } of commandFiles(view.tree)) {
    const isOwn = OWNERS.get(own) === name.slice('bin.'.length);
    if (!EVERYDAY.test(name) || isOwn || known.has(file.place)) continue;
    const message = `${quoteForeign(name)} takes the name of an everyday command`;
    yield { message, subject: name, path: file.path };
  }
}

/** Files that are commands by where they lie: scripts of a wheel, and the folder that npm is told. */
function* commandFiles(tree: PackedTree): Iterable<{ name: string; file: PackedFile }> {
  const fields = tree.layout === 'npm' ? parsePackageJson(tree.texts.get('package.json')) : null;
  // as npm asks: an empty text and null are no commands either
  const directories = fields?.['bin'] ? undefined : fields?.['directories'];
  const folder = isRecord(directories) ? directories['bin'] : undefined;
  const inside = typeof folder === 'string' ? insidePath(folder) : null;
  const start = inside === null ? null : `${inside}/`;
  for (const file of tree.files) {
    const script = tree.layout === 'wheel' ? SCRIPT.exec(file.place)?.[1] : undefined;
    if (script !== undefined) yield { name: `bin.${script}`, file };
    if (start === null) continue;
    if (start === './' || file.place.startsWith(start)) {
      yield { name: `bin.${file.place.slice(file.place.lastIndexOf('/') + 1)}`, file };
    }
  }
}

/** As the package calls itself: a file of no release has no other name. */
/** The tool itself, or a package of the scope that has its name, which nobody else publishes into. */
function isOfOwner(name: string): boolean {
  const scope = /^@([^/]+)\//.exec(name)?.[1];
  const owned = `bin.${scope ?? name}`;
  return (
    EVERYDAY.test(owned) || TOOLS.test(owned) || TOOLS.test(`bin.${name.replace(/-cli$/, '')}`)
  );
}

function ownName({ tree }: ArtifactView): string {
  if (tree.layout === 'npm') {
    return String(parsePackageJson(tree.texts.get('package.json'))?.['name'] ?? '');
  }
  const metadata = tree.texts.get(tree.layout === 'wheel' ? '.dist-info/METADATA' : 'PKG-INFO');
  const text = Buffer.from(metadata ?? []).toString('utf8');
  return (/^Name:[ \t]*(\S+)/m.exec(text)?.[1] ?? '').toLowerCase();
}

/** Places that a target may mean: a path of npm, or a module of Python. */
function candidates(target: string): readonly string[] {
  const path = target.replace(/^(?:\.\/)+/, '');
  const module = (/^[\w.]+/.exec(target)?.[0] ?? '').replaceAll('.', '/');
  return [path, `${path}.js`, `${path}/index.js`, `${module}.py`, `${module}/__init__.py`];
}
