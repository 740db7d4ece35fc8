import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EXCERPT_LENGTH, makeExcerpt } from './excerpt.ts';

/** UTF-8 as one character a byte, as excerpts are made from. */
const bytes = (text: string) => Buffer.from(text).toString('latin1');

const secret = 'npm_abcdEFGHijklMNOPqrst';
const at = (line: string, needle = secret) => ({
  line: bytes(line),
  start: bytes(line).indexOf(needle),
  end: bytes(line).indexOf(needle) + needle.length,
  shown: 8,
  masked: 0,
});

test('a secret keeps its prefix and what the message tells, and punctuation behind it', () => {
  expect(makeExcerpt(at(`  const token = "${secret}");\r`))).toEqual({
    lead: '  const token = "',
    marked: 'npm_abcd****************',
    tail: '");',
  });
});

test('what goes on behind a secret is not shown, because it may belong to it', () => {
  expect(makeExcerpt(at(`key=${secret} and more`)).tail).toBe('...');
});

test('a secret without an end is hidden from its first character on', () => {
  const found = makeExcerpt({ ...at(`data: ${secret}`), end: null, shown: 0 });
  expect(found).toEqual({ lead: 'data: ', marked: '****', tail: '...' });
});

test('another secret of the line and what only looks like one are masked before it', () => {
  const line = `a=pa55 b=${'x1'.repeat(10)} c=${secret}`;
  const found = makeExcerpt({ ...at(line), masked: 6 });
  expect(found.lead).toBe(`****** ${'*'.repeat(22)} c=`);
});

test('text before it is read as UTF-8, is cut between characters, and has no tabs', () => {
  expect(makeExcerpt(at(`\tключ: ${secret}`)).lead).toBe(' ключ: ');
  const { lead } = makeExcerpt(at(`a${'é'.repeat(40)}: ${secret}`));
  expect(lead).toBe(`...${'é'.repeat(24)}: `);
});

test('no excerpt is longer than its bound or holds a character of the secret that is not told', () => {
  const hidden = fc.stringMatching(/^[QZX]{4,300}$/);
  const around = fc.string({ unit: 'grapheme-ascii', maxLength: 400 });
  fc.assert(
    fc.property(around, hidden, around, (before, rest, after) => {
      const clean = (text: string) => text.replaceAll(/[QZX]/g, '-');
      const line = `${clean(before)}tok_${rest}${clean(after)}`;
      const start = clean(before).length;
      const end = start + 4 + rest.length;
      const found = makeExcerpt({ line, start, end, shown: 4, masked: 0 });
      const text = `${found.lead}${found.marked}${found.tail}`;
      expect(text).not.toMatch(/[QZX]/);
      expect(text.length).toBeLessThanOrEqual(EXCERPT_LENGTH);
    }),
  );
});
