import { describe, expect, test } from 'vitest';
import { packageDocument, readTracked } from './tracked-files.ts';

const { dependencies, devDependencies } = packageDocument();
const rows = [
  ...readTracked('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| ([^|]+) \|(.*)\|$/gm),
];
const documented = new Map(rows.map((row) => [row[1] ?? '', (row[2] ?? '').trim()]));

describe('docs/dependencies.md', () => {
  const wanted = { ...dependencies, ...devDependencies };

  test('has a row for every dependency and for nothing else', () => {
    expect([...documented.keys()].sort()).toEqual(Object.keys(wanted).sort());
    expect(rows).toHaveLength(documented.size);
  });

  test('names the version that is pinned', () => {
    const pinned = Object.entries(wanted).map(([name, version]) => [name, exact(version)]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(pinned));
  });

  test('says of each what it is for, its age, engine, weight and licence', () => {
    const thin = rows.filter((row) => (row[3] ?? '').split('|').some((cell) => cell.trim() === ''));
    expect(thin.map((row) => row[1])).toEqual([]);
    expect(new Set(rows.map((row) => (row[3] ?? '').split('|').length))).toEqual(new Set([5]));
  });
});

test('every dependency is pinned to one version', () => {
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^(?:npm:[a-z@/-]+@)?\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

function exact(version: string): string {
  return version.replace(/^npm:.+@/, '');
}
