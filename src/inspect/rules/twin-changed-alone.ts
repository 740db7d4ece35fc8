import type { SummaryFile } from '../../core/artifact-summary.ts';
import { isCodeFile } from '../artifact/packed-tree.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, sdistFiles, wheelFiles } from '../samples/sample-artifact.ts';

/** Growth that no change of a wrapper explains. */
const GROWN_BYTES = 2048;
const FOLDERS: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)(?:cjs|commonjs|node)\//, '$1esm/'],
  [/(^|\/)(?:esm|es|module)\//, '$1cjs/'],
];

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'twin-changed-alone',
  version: 1,
  category: 'change',
  severity: 'high',
  effect: 'hold',
  about:
    'One of two builds of the same code grew and the other is byte for byte what it was: CommonJS beside ES modules, a wheel beside its sdist',
  attack:
    'A payload is put into one built file after the build: node-ipc.cjs in node-ipc 9.1.6 / 9.2.3 / 12.0.1 (I46), the built libraries of @solana/web3.js 1.95.6 / 1.95.7 (I15), the wheel of ultralytics 8.3.41 / 8.3.42 (I16)',
  mend: 'Build again from a clean checkout and compare; acknowledge where only one build was meant to change',
  *check(view) {
    yield* checkModules(view);
    yield* checkWheel(view);
  },
  examples: {
    bad: [
      {
        about: 'code appended to the CommonJS twin',
        make: () =>
          npmChange(
            [{}, { 'ipc.cjs': 'a()', 'ipc.mjs': 'b()' }],
            [{}, { 'ipc.cjs': `a()${'x'.repeat(9000)}`, 'ipc.mjs': 'b()' }],
          ),
      },
      {
        about: 'code added to one folder of two',
        make: () =>
          npmChange(
            [{}, { 'dist/cjs/a.js': 'a()', 'dist/esm/a.js': 'b()' }],
            [{}, { 'dist/cjs/a.js': `a()${'x'.repeat(9000)}`, 'dist/esm/a.js': 'b()' }],
          ),
      },
      {
        about: 'a wheel that is no longer its sdist',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({ 'agent/a.py': 'a' }),
          entries: wheelFiles({ 'agent/a.py': 'a; payload()' }),
          twin: {
            kind: 'sdist',
            before: sdistFiles({ 'src/agent/a.py': 'a' }),
            entries: sdistFiles({ 'src/agent/a.py': 'a' }),
          },
        }),
      },
    ],
    fine: [
      {
        about: 'both changed',
        make: () =>
          npmChange(
            [{}, { 'a.cjs': 'a()', 'a.mjs': 'a()' }],
            [{}, { 'a.cjs': 'b'.repeat(9000), 'a.mjs': 'b'.repeat(9000) }],
          ),
      },
      {
        about: 'a small change beside a wrapper',
        make: () =>
          npmChange(
            [{}, { 'a.cjs': 'a()', 'a.mjs': 'w' }],
            [{}, { 'a.cjs': 'a();b()', 'a.mjs': 'w' }],
          ),
      },
      {
        about: 'wheel and sdist changed in the same way',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({ 'agent/a.py': 'a' }),
          entries: wheelFiles({ 'agent/a.py': 'b' }),
          twin: {
            kind: 'sdist',
            before: sdistFiles({ 'agent/a.py': 'a' }),
            entries: sdistFiles({ 'agent/a.py': 'b' }),
          },
        }),
      },
    ],
  },
};

function* checkModules({ tree, change }: ArtifactView): Iterable<ArtifactProblem> {
  if (change === null || tree.layout !== 'npm') return;
  const old = new Map(change.before.files.map((one) => [one.place, one]));
  for (const { before, after } of change.difference.changed) {
    if (!isCodeFile(after) || after.sizeBytes - before.sizeBytes < GROWN_BYTES) continue;
    for (const place of twinsOf(after.place)) {
      const [was, is] = [old.get(place), tree.byPlace.get(place)];
      if (was === undefined || is?.sha256 !== was.sha256) continue;
      const path = tree.byPlace.get(after.place)?.path;
      const grown = after.sizeBytes - before.sizeBytes;
      const message = `it grew by ${grown} bytes, and its other build did not change by one`;
      yield { message, ...(path === undefined ? {} : { path }) };
      break;
    }
  }
}

function twinsOf(place: string): readonly string[] {
  const [, stem = '', ending = ''] = /^(.*)\.([cm]?js)$/.exec(place) ?? [];
  if (stem === '') return [];
  const others = ['js', 'cjs', 'mjs'].filter((one) => one !== ending);
  const folders = FOLDERS.flatMap(([pattern, other]) => {
    const moved = stem.replace(pattern, other);
    return moved === stem ? [] : [ending, ...others].map((one) => `${moved}.${one}`);
  });
  return [...others.map((one) => `${stem}.${one}`), ...folders];
}

/** Modules that were the same in wheel and sdist before, and are not now. */
function* checkWheel({ tree, change, twins }: ArtifactView): Iterable<ArtifactProblem> {
  const sdist = twins.find((one) => one.tree.layout === 'sdist');
  if (tree.layout !== 'wheel' || change === null || sdist?.change == null) return;
  const inSdist = byModule(sdist.change.before.files);
  const wasSame = new Map(change.before.files.map((one) => [one.place, one.sha256]));
  for (const file of tree.files) {
    if (!file.place.endsWith('.py')) continue;
    const before = wasSame.get(file.place);
    if (before === undefined || inSdist.get(file.place) !== before) continue;
    const now = sdist.tree.byPlace.get(file.place) ?? sdist.tree.byPlace.get(`src/${file.place}`);
    if (now?.sha256 == null || now.sha256 === file.sha256) continue;
    yield {
      path: file.path,
      message: 'wheel and sdist hold other code here; before it was the same',
    };
  }
}

function byModule(files: readonly SummaryFile[]): ReadonlyMap<string, string> {
  return new Map(files.map((one) => [one.place.replace(/^src\//, ''), one.sha256]));
}
