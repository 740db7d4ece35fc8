import { expect, it } from 'vitest';
import { BIDI, INVISIBLE, isUnseen } from './unseen.ts';

it('every character that nobody sees is told by how it begins', () => {
  const codes = [...BIDI, ...INVISIBLE].flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at),
  );
  const missed = codes.filter((code) => !isUnseen(Buffer.from(String.fromCodePoint(code)), 0));
  expect(missed).toEqual([]);
  expect(codes.length).toBeGreaterThan(500);
});

it('letters, quotes and pictures are not', () => {
  for (const one of 'a\u00e4\u2013\u201c\u2026\u4e2d\u{1f600}') {
    expect(isUnseen(Buffer.from(one), 0), one).toBe(false);
  }
});
