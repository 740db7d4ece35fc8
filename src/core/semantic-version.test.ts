import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { parseSemanticVersion } from './semantic-version.ts';

describe('parseSemanticVersion', () => {
  it.each(['0.0.0', '1.2.3', '1.2.3-rc.1', '1.0.0-0A.is.legal', '1.0.0+001.a-b', '10.20.30--x'])(
    'takes %s',
    (text) => expect(parseSemanticVersion(text).ok).toBe(true),
  );

  it.each([
    ['1.2', 'has 2 numbers where MAJOR.MINOR.PATCH has three'],
    ['01.2.3', 'has a leading zero in MAJOR, "01"'],
    ['1.2.03', 'has a leading zero in PATCH, "03"'],
    ['v1.2.3', 'does not start with MAJOR.MINOR.PATCH, three numbers'],
    ['test', 'does not start with MAJOR.MINOR.PATCH, three numbers'],
    ['', 'does not start with MAJOR.MINOR.PATCH, three numbers'],
    ['1.2.3-rc.01', 'has a leading zero in its prerelease, "01"'],
    ['1.2.3-', 'has a prerelease that is not dot-separated letters, digits and hyphens'],
    ['1.2.3+', 'has build metadata that is not dot-separated letters, digits and hyphens'],
    ['1.2.3+a+b', 'holds more than one "+"'],
    [`1.2.${'3'.repeat(300)}`, 'is longer than 256 characters'],
  ])('refuses %s with a reason', (text, reason) =>
    expect(parseSemanticVersion(text)).toEqual({ ok: false, reason }),
  );

  it('agrees with the library that the npm client uses, its white space and "v" aside', () => {
    const piece = fc.constantFrom('0', '1', '01', '.', '-', '+', 'a', 'rc', 'B', ' ', 'v', '..');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        const theirs = /^[v=\s]|\s$/.test(text) ? null : semver.parse(text);
        expect(parseSemanticVersion(text).ok).toBe(theirs !== null);
      }),
      { numRuns: 3000 },
    );
  });
});
