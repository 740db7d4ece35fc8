import { expect, test } from 'vitest';
import { holdsFor, matchesRef, sampleTag } from './ref-pattern.ts';
import { sampleRuleset } from './sample-settings.ts';

test.each([
  ['refs/tags/v*', 'refs/tags/v1.2.3', true],
  ['refs/tags/v*', 'refs/tags/web/v1.2.3', false],
  ['refs/tags/*', 'refs/tags/a/b', false],
  ['refs/tags/**/*', 'refs/tags/a/b', true],
  ['refs/tags/**/*', 'refs/tags/b', true],
  ['refs/tags/**', 'refs/tags/a/b/c', true],
  ['refs/tags/v[0-9]*', 'refs/tags/v1', true],
  ['refs/tags/v[0-9]*', 'refs/tags/va', false],
  ['refs/tags/v[!0-9]', 'refs/tags/va', true],
  ['refs/tags/v[^0-9]', 'refs/tags/v1', false],
  ['refs/tags/v?', 'refs/tags/v1', true],
  ['refs/tags/v?', 'refs/tags/v', false],
  ['refs/tags/v\\*', 'refs/tags/v*', true],
  ['refs/tags/v\\*', 'refs/tags/v1', false],
  ['refs/tags/v[', 'refs/tags/v[', true],
  ['v*', 'refs/tags/v1', false],
  ['', '', true],
])('the pattern %j and %j: %j', (pattern, ref, fits) => {
  expect(matchesRef(pattern, ref)).toBe(fits);
});

test('a pattern made of stars is read in bounded steps', () => {
  expect(matchesRef(`${'*a'.repeat(200)}b`, 'a'.repeat(400))).toBe(false);
});

test.each([
  ['active', ['refs/tags/v*'], [], true],
  ['active', ['~ALL'], [], true],
  ['active', ['~ALL'], ['refs/tags/v1*'], false],
  ['active', [], [], false],
  ['evaluate', ['~ALL'], [], false],
  ['disabled', ['~ALL'], [], false],
] as const)(
  'a ruleset that is %s over %j without %j holds: %j',
  (enforcement, include, exclude, holds) => {
    const ruleset = sampleRuleset({ enforcement, include, exclude });
    expect(holdsFor(ruleset, 'refs/tags/v1.0.0')).toBe(holds);
  },
);

test('the default branch is meant by its name of its own', () => {
  const ruleset = sampleRuleset({ target: 'branch', include: ['~DEFAULT_BRANCH'] });
  expect(holdsFor(ruleset, 'refs/heads/main', true)).toBe(true);
  expect(holdsFor(ruleset, 'refs/heads/main')).toBe(false);
});

test.each([
  ['v*', 'v1.2.3'],
  ['*', '1.2.3'],
  ['**', '1.2.3'],
  ['v[0-9]+.[0-9]+.[0-9]+', 'v1.1.1'],
  ['v[0-9]*', 'v1'],
  ['v*.*.*', 'v1.2.3.1.1'],
  ['v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+', 'v1.1.1-rc.1'],
  ['web-v\\d', 'web-vd'],
  ['!v*-beta', null],
  ['', null],
])('the filter %j lets in %j', (filter, tag) => {
  expect(sampleTag(filter)).toBe(tag);
});
