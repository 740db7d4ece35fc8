import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSize, parseSize } from './size.ts';

test.each([
  ['1KiB', 1024],
  ['256MiB', 256 * 1024 ** 2],
  ['999999GiB', 999_999 * 1024 ** 3],
])('%s has %i bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each(['', '1', '0KiB', '01KiB', '1kib', '1 KiB', '1000000KiB', '-1MiB', '1MiB\n'])(
  '%j is no size',
  (text) => {
    expect(parseSize(text)).toBeUndefined();
  },
);

test('what is formatted is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), (kib) => {
      expect(parseSize(formatSize(kib * 1024))).toBe(kib * 1024);
    }),
  );
});
