import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTag, matchesTagFilter } from './tag-filter.ts';

const strict = { tag: 'v[0-9]+.[0-9]+.[0-9]+' };

describe('matchesTagFilter', () => {
  // the cases of GitHub's cheat sheet, with tags for branches
  it.each([
    ['feature/*', 'feature/my-branch', true],
    ['feature/*', 'feature/a/b', false],
    ['feature/**', 'feature/beta-a/my-branch', true],
    ['*', 'releases', true],
    ['*', 'all/the', false],
    ['**', 'all/the/tags', true],
    ['*feature', 'ver-10-feature', true],
    ['v2*', 'v2.9', true],
    ['v[12].[0-9]+.[0-9]+', 'v1.10.1', true],
    ['v[12].[0-9]+.[0-9]+', 'v3.10.1', false],
    ['*.jsx?', 'page.js', true],
    ['*.jsx?', 'page.jsx', true],
    ['[CB]at', 'Bat', true],
    ['[CB]at', 'cat', false],
    ['[1-2]00', '200', true],
    ['a+', 'aaa', true],
    ['a+', '', false],
    ['a.c', 'abc', false],
    ['a\\+b', 'a+b', true],
    ['a\\+b', 'aab', false],
    ['x!', 'x!', true],
    ['!v1*', 'v2', false],
  ])('%s against %s is %s', (filter, tag, expected) =>
    expect(matchesTagFilter(filter, tag)).toBe(expected),
  );

  it('takes back with "!" what an earlier filter let in, in order', () => {
    expect(matchesTagFilter(['v*', '!v*-beta'], 'v1-beta')).toBe(false);
    expect(matchesTagFilter(['v*', '!v*-beta'], 'v1')).toBe(true);
    expect(matchesTagFilter(['!v*-beta', 'v*'], 'v1-beta')).toBe(true);
    expect(matchesTagFilter([], 'v1')).toBe(false);
  });

  it.each([
    '',
    '!',
    '+a',
    '*+',
    'a++',
    '[',
    '[]',
    '[9-0]',
    '[a-Z]',
    '[a_]',
    'a\\',
    'x'.repeat(300),
  ])('refuses %s, which is no filter', (filter) =>
    expect(() => matchesTagFilter(filter, 'v1')).toThrow(/a tag filter/),
  );

  it('agrees with the regular expression of the same meaning', () => {
    const step = fc.constantFrom(
      ['*', '[^/]*'],
      ['a', 'a'],
      ['a?', 'a?'],
      ['b+', 'b+'],
      ['[ab]+', '[ab]+'],
      ['.', '\\.'],
      ['/', '/'],
    );
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), text, (steps, tag) => {
        const filter = steps.map(([one]) => one).join('');
        fc.pre(!filter.includes('**'));
        const pattern = new RegExp(`^${steps.map(([, one]) => one).join('')}$`);
        expect(matchesTagFilter(filter, tag)).toBe(pattern.test(tag));
      }),
      { numRuns: 2000 },
    );
  });

  it('answers at once where a backtracking matcher would not', () => {
    const started = performance.now();
    expect(matchesTagFilter('*a'.repeat(100), `${'a'.repeat(254)}b`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('checkTag', () => {
  it('takes a release tag and says which version it names', () => {
    expect(checkTag('v1.2.3', strict)).toEqual({ ok: true, version: '1.2.3', name: null });
  });

  it.each([
    ['v-test', /"-test" does not start with MAJOR\.MINOR\.PATCH/],
    ['v-beta', /"-beta" does not start with MAJOR\.MINOR\.PATCH/],
    ['v1.2', /"1\.2" has 2 numbers where MAJOR\.MINOR\.PATCH has three/],
    ['v01.2.3', /leading zero in MAJOR, "01"/],
    ['v1.2.3-rc.1', /"v1\.2\.3-rc\.1" does not match the tag filter/],
    ['1.2.3', /is not of the form "v\{version\}" or "\{name\}@\{version\}"/],
    ['v1.2.3 ', /visible ASCII/],
    ['', /visible ASCII/],
  ])('stops %s under the strict policy', (tag, reason) => {
    const answer = checkTag(tag, strict);
    expect(answer.ok).toBe(false);
    expect(answer.ok ? '' : answer.reasons.join('; ')).toMatch(reason);
  });

  it('names the filter and the version when both are wrong', () => {
    const answer = checkTag('v-test', strict);
    expect(answer.ok ? [] : answer.reasons).toHaveLength(2);
  });

  it('reads the package name up to the last separator', () => {
    const policy = { tag: '**@[0-9]+.[0-9]+.[0-9]+' };
    const scoped = '@aitbc/explorer-web@1.2.3';
    expect(checkTag(scoped, policy)).toEqual({
      ok: true,
      version: '1.2.3',
      name: '@aitbc/explorer-web',
    });
    expect(checkTag(scoped, policy, { names: ['@aitbc/explorer-web'] }).ok).toBe(true);
    expect(checkTag(scoped, policy, { names: ['other'] }).ok).toBe(false);
  });

  it('follows other templates, and refuses one that does not end in the version', () => {
    expect(checkTag('web-v1.0.0', { tag: '**' }, { templates: ['{name}-v{version}'] })).toEqual({
      ok: true,
      version: '1.0.0',
      name: 'web',
    });
    expect(checkTag('1.0.0', { tag: '**' }, { templates: ['{version}'] }).ok).toBe(true);
    expect(() => checkTag('1.0.0', { tag: '**' }, { templates: ['{version}-x'] })).toThrow(
      /tag template/,
    );
  });
});
