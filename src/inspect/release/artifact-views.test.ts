import { describe, expect, it } from 'vitest';
import { createTreeCollector } from '../artifact/packed-tree.ts';
import { compareSummaries } from '../diff/difference.ts';
import { describeDifference } from '../diff/difference-text.ts';
import { digestOfSummary, summarize } from '../diff/summary.ts';
import { npmFiles } from '../samples/sample-artifact.ts';
import { sampleRelease } from '../samples/sample-release.ts';
import { artifactViews } from './artifact-views.ts';

const [artifact] = sampleRelease().artifacts;
if (artifact === undefined) throw new Error('no sample');

function treeOf(...parts: Parameters<typeof npmFiles>) {
  const options = { file: 'a.tgz', kind: 'tarball', digests: true, capabilities: true };
  const collector = createTreeCollector(options);
  for (const entry of npmFiles(...parts)) collector.add(entry);
  return collector.tree();
}

const before = summarize(artifact, treeOf({}, { 'a.js': 'a()' }));
const tree = treeOf({ scripts: { install: 'node b.js' } }, { 'b.js': 'fetch(x)' });
const { ecosystem, package: name, kind, file, sha256 } = artifact;
const { policy } = sampleRelease();
const inputs = {
  ...sampleRelease().inputs,
  baselines: [
    {
      ecosystem,
      package: name,
      version: '1.2.2',
      kind,
      file,
      sha256,
      summary: digestOfSummary(before),
    },
  ],
};

describe('artifactViews', () => {
  it('puts the version before beside an artifact', () => {
    const { views, missing } = artifactViews([{ artifact, tree }], { inputs, policy }, [before]);
    expect(missing).toEqual([]);
    expect(views[0]?.change?.version).toBe('1.2.2');
  });

  it('names an artifact whose baseline was not given, or is another than its digest says', () => {
    const forged = { ...before, files: [] };
    for (const given of [[], [forged]]) {
      const { views, missing } = artifactViews([{ artifact, tree }], { inputs, policy }, given);
      expect(views[0]?.change).toBeNull();
      expect(missing.map((one) => one.file)).toEqual([file]);
    }
  });
});

it('the difference reads in a few lines', () => {
  const lines = describeDifference(compareSummaries(before, summarize(artifact, tree)));
  expect(lines.slice(1)).toEqual([
    '+ scripts.install: node b.js',
    'can now: network (b.js)',
    '+ b.js (8 bytes, can: network)',
    '- a.js',
    expect.stringMatching(/^~ package\.json \(\+\d+ bytes\)$/),
  ]);
  expect(lines[0]).toMatch(/^files \+ 1, - 1, ~ 1; \d+ -> \d+ bytes unpacked$/);
});

it('what single files can do now is told of each, unless nobody knows what they could before', () => {
  const [one, other] = ['child_process', 'eval(x)'];
  const old = summarize(artifact, treeOf({}, { 'a.js': one, 'b.js': other, 'c.js': '1' }));
  const after = summarize(artifact, treeOf({}, { 'a.js': one, 'b.js': one, 'c.js': other }));
  expect(old.files.map((file) => file.uses)).toEqual([['process'], ['eval'], undefined, undefined]);
  const lines = describeDifference(compareSummaries(old, after));
  expect(lines.filter((line) => line.startsWith('can now'))).toEqual([
    'can now, b.js: process',
    'can now, c.js: eval',
  ]);
  const { usingFiles: _, ...untold } = old;
  expect(describeDifference(compareSummaries(untold, after)).join()).not.toContain('can now');
});

it('hooks and new dependencies are never left out, and the likeliest files come first', () => {
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`docs/${at}.md`, 'x'.repeat(at)] as const),
  );
  const dependencies = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`dependency-${at}`, '1'] as const),
  );
  const after = summarize(
    artifact,
    treeOf(
      { dependencies, scripts: { preinstall: 'node z.mjs' } },
      { ...files, 'z.mjs': 'x'.repeat(99), 'zz.png': '\x7fELF\x02\x01\x01\0' },
    ),
  );
  const lines = describeDifference(compareSummaries(before, after));
  expect(lines.filter((one) => one.startsWith('+ dependencies.'))).toHaveLength(20);
  expect(lines).toContain('+ scripts.preinstall: node z.mjs');
  const added = lines.filter((one) => /^\+ .* bytes/.test(one));
  expect(added.slice(0, 2)).toEqual([
    '+ zz.png (8 bytes, code for a processor)',
    '+ z.mjs (99 bytes)',
  ]);
  expect(lines).toContain('  and 20 more added');
});
