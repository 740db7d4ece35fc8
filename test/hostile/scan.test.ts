/** Bombs, quines, nests, liars and texts through `countersign scan`, each with its exit code. */
import { describe, expect, test } from 'vitest';
import { BOMBS } from '../../testdata/hostile/bombs.ts';
import { LIARS } from '../../testdata/hostile/liars.ts';
import { makeTexts } from '../../testdata/hostile/texts.ts';
import { hasProgram, requireTool } from '../tools.ts';
import { scanSample } from './scan-process.ts';

/** A dozen of each kind; `npm run hostile` goes through all of them, at full size. */
const TELLING = [
  '1-gib-of-zeroes.gz',
  '1-gib-of-zeroes.xz',
  '1-gib-of-zeroes.zst',
  '1-gib-of-zeroes.zip',
  'gzip-quine.gz',
  'zip-quine.zip',
  'overlapping.zip',
  'quoted-overlap.zip',
  'nine-deep.gz',
  'hundred-deep.zip',
  'million-files.tgz',
  'implied-folders.tgz',

  'tar-claims-8-gib.tgz',
  'pax-size-above-the-file.tgz',
  'pax-header-of-1-gib.tgz',
  'gnu-sparse.tgz',
  'second-tar-behind-the-end.tgz',
  'duplicate-path.tgz',
  'picture-with-a-zip.png',
  'size-of-4-gib.zip',
  'two-names.zip',
  'descriptor-lies.zip',
  'encrypted.zip',
  'paths-that-lead-out.tar',

  'one-long-line.js',
  'base64-letters.txt',
  'unicode-escapes.txt',
  'backslashes.txt',
  'assignments.txt',
  'names-and-signs.txt',
  'token-beginnings.txt',
  'zeroes-between.bin',
  'hundred-thousand-secrets.js',
  'key-begins.txt',
  'package.json',
  'deep.js.map',
  '.npmrc',
];
/** More than one window of a file. */
const ALL = [...BOMBS, ...LIARS, ...makeTexts(9 * 1024 * 1024)];
const CHOSEN = TELLING.map((name) => {
  const found = ALL.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no sample ${name}`);
  return found;
});
const hasXz = requireTool('xz', hasProgram('xz'));
const SAMPLES = CHOSEN.filter(({ name }) => hasXz || !name.endsWith('.xz'));

// far above what they take, since machines are shared; without a bound they would take hours
describe('scan of', { timeout: 320_000, concurrent: true }, () => {
  test.each(SAMPLES)('$name ends with $exit, bounded', async (sample) => {
    const { exit, text, peakMegabytes } = await scanSample(sample);
    expect(text).toMatch(sample.says);
    expect(exit, text.slice(-2000)).toBe(sample.exit);
    expect(peakMegabytes).toBeLessThan(700);
  });

  test('what takes longer than its time is ended in the middle, and unread', async () => {
    const slow = makeTexts(200 * 1024 * 1024).find(({ name }) => name === 'assignments.txt');
    if (slow === undefined) throw new Error('there is no such sample');
    const { exit, text } = await scanSample(slow, '--limit', 'within=1s');
    expect(text).toContain('inspection took longer than 1 seconds (limit: within)');
    expect(exit).toBe(3);
  });
});
