import { quoteForeign } from '../../formats/text.ts';
import { parsePackageJson } from '../diff/facts.ts';
import type { ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst, wheelFiles } from '../sample-artifact.ts';

const POINT = /^(?:main|module|browser|bin\..+|(?:console|gui)_scripts\..+)$/;
/** Commands that people type every day: a package that brings one takes their place. */
const EVERYDAY =
  /^(?:bin|console_scripts)\.(?:npm|npx|node|yarn|pnpm|bun|git|gh|python3?|pip3?|uv|sh|bash|curl|ssh|sudo|ls|docker|kubectl|aws|gcloud|az)$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'entry-point-moved',
  version: 2,
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
    const isOwner = EVERYDAY.test(`bin.${ownName(view)}`);
    const fresh = new Set(change?.difference.added.map((one) => one.place));
    for (const [name, target] of tree.facts) {
      if (!POINT.test(name)) continue;
      const before = change?.before.facts.find((one) => one.name === name)?.value;
      if (before === target) continue;
      if (EVERYDAY.test(name) && !isOwner) {
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
      { about: 'a first release', make: () => npmFirst({ bin: { a: 'a.js' } }, { 'a.js': '' }) },
    ],
  },
};

/** As the package calls itself: a file of no release has no other name. */
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
