import { expect, test } from 'vitest';
import { pypiRules } from './pypi.ts';

test('names are compared in PEP 503 form', () => {
  expect(pypiRules.normalizeName('AITBC._Agent--SDK')).toBe('aitbc-agent-sdk');
  for (const name of ['', '-a', 'a-', 'a b', 'caf\u00e9', '../a', 'a/b', 'a'.repeat(257)]) {
    expect(() => pypiRules.normalizeName(name)).toThrowError(
      expect.objectContaining({ code: 'malformed-name' }),
    );
  }
});

test.each([
  ['1.2.3', '1.2.3'],
  ['1.2.3-alpha.1', '1.2.3a1'],
  ['1.2.3-beta.0', '1.2.3b0'],
  ['1.2.3-rc.12', '1.2.3rc12'],
])('semantic version %s is Python version %s', (semver, version) => {
  expect(pypiRules.versionOf(semver)).toBe(version);
});

test.each([
  ...['1.2.3-rc', '1.2.3-rc.1.2', '1.2.3-next.1', '1.2.3-a.1', '1.2.3-rc.01', '1.2', 'v1.2.3'],
  ...['1.2.3+build', '1.2.3-RC.1', '', '1.2.99999999999999999999'],
])('%j has no Python version', (semver) => {
  expect(() => pypiRules.versionOf(semver)).toThrowError(
    expect.objectContaining({ code: 'malformed-version' }),
  );
});

test('versions have one spelling', () => {
  for (const [spelled, normal] of [
    ['1.0-RC1', '1.0rc1'],
    ['v1.0', '1.0'],
    ['01.02', '1.2'],
    ['1.0-1', '1.0.post1'],
    ['1!2.0.dev3', '1!2.0.dev3'],
    ['1.0.Alpha', '1.0a0'],
  ] as const) {
    expect(pypiRules.normalizeVersion(spelled)).toBe(normal);
    expect(pypiRules.compareVersions(spelled, normal)).toBe(0);
  }
  for (const version of [
    '1.0+local',
    '1.x',
    ' 1.0',
    '1.0\n',
    '1.'.repeat(200),
    '9007199254740993',
  ]) {
    expect(() => pypiRules.normalizeVersion(version)).toThrowError(
      expect.objectContaining({ code: 'malformed-version' }),
    );
  }
});

test('prereleases come before their release, and lines are majors of one epoch', () => {
  const sorted = ['1.0.dev1', '1.0a1', '1.0b1', '1.0rc1', '1.0', '1.0.post1', '1.1'];
  expect(sorted.toReversed().sort(pypiRules.compareVersions)).toEqual(sorted);
  expect(sorted.filter(pypiRules.isPrerelease)).toEqual(['1.0.dev1', '1.0a1', '1.0b1', '1.0rc1']);
  expect(pypiRules.sameLine('1.0', '1.9')).toBe(true);
  expect(pypiRules.sameLine('0.1', '0.2')).toBe(false);
  expect(pypiRules.sameLine('1!1.0', '1.0')).toBe(false);
});
