import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8, quoteForeign } from './text.ts';

test('every well-formed text survives a round trip through UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decodeUtf8(encodeUtf8(text))).toBe(text);
    }),
  );
});

test('a byte order mark is kept, so that it cannot be hidden in signed bytes', () => {
  expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
});

test.each([
  ['an overlong slash', [0xc0, 0xaf]],
  ['an encoded surrogate', [0xed, 0xa0, 0x80]],
  ['a cut sequence', [0xe2, 0x82]],
  ['a code point above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
])('%s is not UTF-8', (_name, bytes) => {
  expect(() => decodeUtf8(Uint8Array.from(bytes), 'the body')).toThrow(
    expect.objectContaining({
      code: 'malformed-document',
      message: 'the body is not valid UTF-8',
    }),
  );
});

test('a lone surrogate is not encoded', () => {
  expect(() => encodeUtf8('a\ud800')).toThrow(
    expect.objectContaining({ code: 'malformed-document' }),
  );
});

test('foreign text in a message is quoted when harmless and described otherwise', () => {
  expect(quoteForeign('approval@countersign')).toBe('"approval@countersign"');
  expect(quoteForeign('\u001b[2Jgone')).toBe('a text with characters that cannot be shown');
  expect(quoteForeign('x'.repeat(101))).toBe('a text of 101 characters');
});
