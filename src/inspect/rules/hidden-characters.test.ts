import { expect, it } from 'vitest';
import { fileExample } from '../artifact/packed-file.ts';
import { sampleRelease } from '../samples/sample-release.ts';
import { rule } from './hidden-characters.ts';

it('takes a file that is one line of nothing but such characters in no time', () => {
  const [facts] = sampleRelease().artifacts;
  if (facts === undefined) throw new Error('the sample release has an artifact');
  const flood = fileExample('package/a.js', '\xe2\x80\xae'.repeat(700_000));
  const started = performance.now();
  expect([
    ...rule.check(
      flood,
      facts,
      () => true,
      () => null,
    ),
  ]).toEqual([]);
  // looking for both ends of the line each time takes minutes
  expect(performance.now() - started).toBeLessThan(20_000);
});
