import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPieces } from './json-pieces.ts';

const lazily = (values: readonly unknown[]) => ({
  length: values.length,
  [Symbol.iterator]: () => values.values(),
});

test('a list that is gone through is written as an array is', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (values, other) => {
      const written = [...jsonPieces({ other, values: lazily(values), last: 'x' })].join('');
      expect(written).toBe([...jsonPieces({ other, values, last: 'x' })].join(''));
      expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify({ other, values, last: 'x' })));
    }),
  );
});

test.each([[null], [true], ['text'], [[]], [{}], [[1, { a: [] }]], [{ a: { b: [1] } }]])(
  '%j is written as JSON.stringify does',
  (value) => {
    expect([...jsonPieces(value)].join('')).toBe(`${JSON.stringify(value, null, 2)}\n`);
  },
);

test('a long list comes in pieces, each far shorter than the whole', () => {
  const item = { path: 'a'.repeat(1000), line: '\u2028' };
  const pieces = [...jsonPieces({ items: lazily(Array.from({ length: 1000 }, () => item)) })];
  expect(pieces.length).toBeGreaterThan(10);
  expect(Math.max(...pieces.map((one) => one.length))).toBeLessThan(80_000);
  expect(pieces.join('')).not.toContain('\u2028');
});
