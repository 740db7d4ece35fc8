import { describe, expect, it } from 'vitest';
import { looseTag, strictFilter } from './tag-rule.ts';

describe('looseTag', () => {
  it.each([
    'v*',
    '*',
    '**',
    'v**',
    'v[0-9]+.*',
    'v*.*.*',
    'v[0-9]+.[0-9]+.[0-9]+*',
    'v[0-9]*',
    'release-*',
    '@aitbc/web@*',
    'web-v*',
    'v1.*',
    'v?[0-9]+.[0-9]+',
  ])('%s lets in a tag that nobody meant', (filter) => {
    expect(looseTag(filter, [])).not.toBeNull();
  });

  it.each([
    'v[0-9]+.[0-9]+.[0-9]+',
    '[0-9]+.[0-9]+.[0-9]+',
    'v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+',
    'v[0-9]+.[0-9]+.[0-9]+-*',
    'web-v[0-9]+.[0-9]+.[0-9]+',
    'nightly',
    // none: GitHub refuses the filter
    '[',
    '+v',
    `${'v*'.repeat(200)}`,
  ])('%s lets in none', (filter) => {
    expect(looseTag(filter, [])).toBeNull();
  });

  it('minds the exceptions beside a filter', () => {
    expect(looseTag('v*', ['!v*'])).toBeNull();
    expect(looseTag('v*', ['!vfoo'])).toBe('v1');
  });
});

describe('strictFilter', () => {
  it.each([
    ['v*', 'v[0-9]+.[0-9]+.[0-9]+'],
    ['v[0-9]+.*', 'v[0-9]+.[0-9]+.[0-9]+'],
    ['*', 'v[0-9]+.[0-9]+.[0-9]+'],
    ['*.*.*', '[0-9]+.[0-9]+.[0-9]+'],
    ['web-v*', 'web-v[0-9]+.[0-9]+.[0-9]+'],
    ['v1.*', null],
    ['**/v*', null],
  ])('%s becomes %s', (filter, strict) => {
    expect(strictFilter(filter)).toBe(strict);
    if (strict !== null) expect(looseTag(strict, [])).toBeNull();
  });
});
