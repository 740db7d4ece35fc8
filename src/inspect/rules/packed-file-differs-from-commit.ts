import type { ArtifactRule } from '../rule.ts';
import { npmFiles, sdistFiles } from '../samples/sample-artifact.ts';
import { compareWithSource } from '../source/source-comparison.ts';

const FIELDS = 5;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'packed-file-differs-from-commit',
  version: 1,
  category: 'release',
  severity: 'critical',
  effect: 'hold',
  about:
    'A packed file that the commit has too holds the same bytes; of package.json the edits that packing tools make are left out',
  attack:
    'One file is changed after the checkout, often package.json alone: a postinstall script in cline 2.3.0 (I32), a dependency in axios 1.14.1 (I38), both with a repository that looked clean',
  mend: 'Build from a fresh checkout of the tag; a file that the build rewrites is named in source.outputs by a proposal',
  *check({ tree, source }) {
    if (source === undefined) return;
    for (const one of compareWithSource(tree, source)) {
      if (one.kind !== 'differs') continue;
      const shown = one.fields.slice(0, FIELDS).map((field) => field.slice(0, 60));
      const more = one.fields.length > FIELDS ? ` and ${one.fields.length - FIELDS} more` : '';
      const fields = shown.length === 0 ? '' : `: ${shown.join(', ')}${more}`;
      yield {
        path: one.file.path,
        message: `the packed file differs from ${one.source.slice(0, 120)} in commit ${source.commit}${fields}`,
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a script that was added to package.json',
        make: () => ({
          kind: 'tarball',
          entries: npmFiles({ scripts: { postinstall: 'node x.js' } }),
          commit: { 'package.json': manifest({}) },
        }),
      },
      {
        about: 'a dependency that was added to package.json',
        make: () => ({
          kind: 'tarball',
          entries: npmFiles({ dependencies: { 'plain-crypto-js': '4.2.1' } }),
          commit: { 'package.json': manifest({}) },
        }),
      },
      {
        about: 'code that was changed',
        make: () => ({
          kind: 'sdist',
          entries: sdistFiles({ 'a.py': 'import os' }),
          commit: { 'a.py': '', 'pyproject.toml': '[project]\n' },
        }),
      },
    ],
    fine: [
      {
        about: 'edits that npm, pnpm and release tools make',
        make: () => ({
          kind: 'tarball',
          entries: npmFiles({
            gitHead: 'c0ffee',
            main: 'dist/index.js',
            scripts: { test: 'node test.js' },
            dependencies: { a: '1.0.0' },
          }),
          commit: {
            'package.json': manifest({
              version: '0.0.0-development',
              main: 'src/index.ts',
              publishConfig: { main: 'dist/index.js' },
              scripts: { test: 'node test.js', prepublishOnly: 'build' },
              dependencies: { a: 'workspace:^' },
              devDependencies: { b: '1.0.0' },
            }),
          },
        }),
      },
      {
        about: 'a declared output that is committed as well',
        make: () => ({
          kind: 'tarball',
          entries: npmFiles({}, { 'dist/a.js': 'new' }),
          commit: { 'package.json': manifest({}), 'dist/a.js': 'old' },
          outputs: ['dist/**'],
        }),
      },
    ],
  },
};

function manifest(fields: object): string {
  return Buffer.from(npmFiles(fields)[0]?.content ?? []).toString('utf8');
}
