import { homedir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { ROOT, readTracked, trackedFiles, trackedPaths } from './tracked-files.ts';

/** Files that hold bytes of others or are made by a program. */
const GENERATED = /^package-lock\.json$|\.(?:png|svg|ico|gz|tgz|whl|zip)$/;
const SOURCE = /\.(?:ts|tsx|mjs|js)$/;

const written = trackedFiles().filter((file) => !GENERATED.test(file.path));

/** `path:line` of each line in tracked files that matches. */
function linesWith(pattern: RegExp, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) =>
    readTracked(path)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
}

const paths = written.map((file) => file.path);

// assembled, since this file is tracked too
const registryNames = [
  ['npm', 'js'],
  ['py', 'pi'],
  ['python', 'hosted'],
  ['crat', 'es'],
];
const REGISTRY_HOST = new RegExp(
  `\\b(?:${registryNames.map((parts) => parts.join('')).join('|')})\\.(?:org|com|io|dev)\\b`,
  'i',
);

describe('tracked files', () => {
  test('name no public registry: upstream addresses are configuration', () => {
    expect(`https://registry.${['npm', 'js'].join('')}.org/`).toMatch(REGISTRY_HOST);
    expect(linesWith(REGISTRY_HOST, [...paths, 'package-lock.json'])).toEqual([]);
  });

  test('hold no path of the machine they were written on', () => {
    const folders = [ROOT, `${homedir()}/`].filter((folder) => folder.length > 3);
    const found = folders.flatMap((folder) =>
      linesWith(new RegExp(folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), paths),
    );
    expect(found).toEqual([]);
  });

  test('focus no test and leave none empty', () => {
    const focused = new RegExp(
      `\\b(?:test|it|describe)\\.(?:${['on', 'ly'].join('')}|${['to', 'do'].join('')})\\b`,
    );
    const tests = paths.filter((path) => /\.test\.ts$/.test(path));
    expect(tests.length).toBeGreaterThan(10);
    expect(linesWith(focused, tests)).toEqual([]);
  });

  test('leave no work marked as undone', () => {
    const marks = new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);
    expect(
      linesWith(
        marks,
        paths.filter((path) => SOURCE.test(path)),
      ),
    ).toEqual([]);
  });

  test('are executable where they start with a shebang, and nowhere else', () => {
    const wrong = written
      .filter((file) => readTracked(file.path).startsWith('#!') !== file.executable)
      .map((file) => file.path);
    expect(wrong).toEqual([]);
  });

  test('are named in kebab case under src, and no source has more than 400 lines', () => {
    const sources = trackedPaths(/^(?:src|test|testdata)\/.*\.(?:ts|mjs)$/);
    expect(sources.filter((path) => !/^[a-z0-9./-]+$/.test(path))).toEqual([]);
    const long = sources
      .map((path) => ({ path, lines: readTracked(path).split('\n').length - 1 }))
      .filter((file) => file.lines > 400)
      .map((file) => `${file.path}: ${file.lines}`);
    expect(long).toEqual([]);
  });
});
