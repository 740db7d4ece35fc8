import type { ArtifactRule } from '../rule.ts';
import { npmFiles, sdistFiles, wheelFiles } from '../samples/sample-artifact.ts';
import {
  type ArtifactSource,
  compareWithSource,
  type SourceDifference,
} from '../source/source-comparison.ts';

const NAMED = 3;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'packed-file-not-in-commit',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'hold',
  about:
    'Every packed file is in the commit of the release, or in the declared outputs of the build',
  attack:
    'The payload is added after the checkout, so that no reviewer ever sees it: the install hook of the dYdX packages (I10), router_init.js of 42 TanStack packages (I44), the build script of xz-utils 5.6.0 (I13)',
  mend: 'Find out where the file comes from; what the build makes is named in source.outputs by a proposal',
  *check({ tree, source, artifact }) {
    if (source === undefined) return;
    if (source.place.root === null) {
      yield { message: `no folder of commit ${source.commit} is the package ${artifact.package}` };
      return;
    }
    for (const [folder, files] of byFolder(compareWithSource(tree, source))) {
      const [first] = files;
      if (first === undefined) continue;
      yield {
        path: folder === '' ? first.path : parentOf(first.path, folder),
        ...describe(files, source),
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a file that no commit has',
        make: () => ({
          kind: 'tarball',
          entries: npmFiles({}, { 'index.js': '1', 'setup.mjs': 'evil' }),
          commit: { ...committed(), 'index.js': '1' },
        }),
      },
      {
        about: 'build output that nobody declared',
        make: () => ({
          kind: 'tarball',
          entries: npmFiles({}, { 'dist/a.js': '1', 'dist/b.js': '2' }),
          commit: { ...committed(), 'src/a.ts': '1' },
        }),
      },
      {
        about: 'a module in a wheel',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'aitbc/a.py': '1', 'aitbc_init.pth': 'import os' }),
          commit: { 'src/aitbc/a.py': '1' },
        }),
      },
    ],
    fine: [
      {
        about: 'files of the commit, and declared outputs',
        make: () => ({
          kind: 'tarball',
          entries: npmFiles({}, { 'index.js': '1', 'dist/deep/a.js': '2', LICENSE: 'MIT' }),
          commit: { ...committed(), 'index.js': '1', LICENSE: 'MIT' },
          outputs: ['dist/**'],
        }),
      },
      {
        about: 'what the packing tools of Python write',
        make: () => ({
          kind: 'sdist',
          entries: sdistFiles({ 'a.py': '1', 'aitbc.egg-info/SOURCES.txt': 'a.py' }),
          commit: { 'a.py': '1', 'pyproject.toml': '[project]\n' },
        }),
      },
      {
        about: 'nobody asked git',
        make: () => ({ kind: 'tarball', entries: npmFiles({}, { 'setup.mjs': 'evil' }) }),
      },
    ],
  },
};

function committed() {
  return { 'package.json': Buffer.from(npmFiles({})[0]?.content ?? []).toString('utf8') };
}

type Absent = Extract<SourceDifference, { kind: 'absent' }>['file'];

/** By the first folder, since a build that nobody declared makes hundreds; files of the top alone. */
function byFolder(differences: readonly SourceDifference[]): ReadonlyMap<string, Absent[]> {
  const folders = new Map<string, Absent[]>();
  let alone = 0;
  for (const one of differences) {
    if (one.kind !== 'absent') continue;
    const folder = one.file.place.includes('/') ? (one.file.place.split('/')[0] ?? '') : '';
    const key = folder === '' ? `/${alone++}` : folder;
    folders.set(key, [...(folders.get(key) ?? []), one.file]);
  }
  return new Map([...folders].map(([key, files]) => [key, files]));
}

function parentOf(path: string, folder: string): string {
  const at = path.indexOf(`${folder}/`);
  return folder.startsWith('/') || at === -1 ? path : path.slice(0, at + folder.length);
}

function describe(files: readonly Absent[], { commit }: ArtifactSource) {
  const names = files.slice(0, NAMED).map((one) => one.place.slice(0, 80));
  const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : '';
  const count = files.length === 1 ? '1 packed file is' : `${files.length} packed files are`;
  return { message: `${count} not in commit ${commit}: ${names.join(', ')}${more}` };
}
