import { expect, test } from 'vitest';
import type { NewestFile } from '../../core/manifest.ts';
import { rule } from '../rules/unapproved-upstream.ts';
import { sampleRelease } from '../samples/sample-release.ts';
import { counterpartOf, spellVersion } from './newest.ts';

const npm = { ecosystem: 'npm', package: '@aitbc/explorer-web' } as const;

/** What the rule says of 1.2.2, of which these files came. */
function said(files: readonly Partial<NewestFile>[], reason: string | null = null) {
  const nothing = { sizeBytes: null, sha256: null, stated: null, summary: null, reason: null };
  const found = files.map((one) => ({ kind: 'tarball', file: 'a.tgz', ...nothing, ...one }));
  const newest = [{ ...npm, version: '1.2.2', files: found, reason }];
  const approved = [{ ...npm, versions: ['1.2.1'] }];
  const context = sampleRelease({ inputs: { newest, approved } });
  return [...rule.check(context)].find((one) => one.subject === `npm:${npm.package}`)?.message;
}

test('what of an unapproved version nobody compares with is named with the reason', () => {
  expect(said([{}])).toMatch(/not approved here; the last that was is 1\.2\.1$/);
  expect(said([{ reason: 'it is torn' }])).toMatch(/; "a\.tgz" was not read: it is torn$/);
  expect(said([], 'no answer')).toMatch(/; not all that it holds was looked at: no answer$/);
  expect(said([{ kind: 'wheel', file: 'a.whl' }])).toMatch(
    /; it has "a\.whl", and this release no wheel$/,
  );
});

test('a wheel is compared with the one of its tags, else with the first of its kind', () => {
  const of = (file: string) => ({ ecosystem: 'pypi', package: 'a', kind: 'wheel', file });
  const ours = [of('a-2-py3-none-any.whl'), of('a-2-cp313-cp313-linux_x86_64.whl')];
  expect(counterpartOf(of('a-1-py3-none-any.whl'), ours)).toBe(ours[0]);
  expect(counterpartOf(of('a-1-cp312-cp312-win32.whl'), ours)).toBe(ours[1]);
  expect(counterpartOf({ ...of('a-1.tar.gz'), kind: 'sdist' }, ours)).toBeNull();
});

test('a version that is none is not printed as it came', () => {
  expect(spellVersion('1.2.3-rc.1+b')).toBe('1.2.3-rc.1+b');
  expect(spellVersion('1.2\u001b[31m')).toBe('a text with characters that cannot be shown');
});
