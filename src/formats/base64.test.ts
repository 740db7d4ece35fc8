import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeBase64,
  decodeBase64url,
  decodeHex,
  encodeBase64,
  encodeBase64url,
  encodeHex,
} from './base64.ts';

const notCanonical = expect.objectContaining({ code: 'not-canonical' });

describe('encoding', () => {
  test('agrees with Buffer on all bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(encodeHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      }),
    );
  });

  test('agrees with Buffer across the borders of its chunks', () => {
    for (const length of [0x5fff, 0x6000, 0x6001, 0x12001]) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 31) & 0xff);
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }
  });

  test('is undone by decoding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
        expect(decodeBase64url(encodeBase64url(bytes))).toEqual(bytes);
        expect(decodeHex(encodeHex(bytes))).toEqual(bytes);
      }),
    );
  });
});

describe('decoding accepts nothing but the one spelling', () => {
  test('any text that decodes is what encoding gives back', () => {
    const alphabet = fc.string({ unit: fc.constantFrom(...'AQgw/+-_= \n9'), maxLength: 8 });
    fc.assert(
      fc.property(alphabet, (text) => {
        for (const [decode, encode] of [
          [decodeBase64, encodeBase64],
          [decodeBase64url, encodeBase64url],
        ] as const) {
          let bytes: Uint8Array;
          try {
            bytes = decode(text);
          } catch {
            continue;
          }
          expect(encode(bytes)).toBe(text);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['YQ', 'YQ=', 'YR==', 'Y Q==', 'YQ==\n', 'YQ===', '_w==', '\u0100', 'A'])(
    'base64 refuses %j',
    (text) => {
      expect(() => decodeBase64(text)).toThrow(notCanonical);
    },
  );

  test.each(['YQ==', 'YR', 'Y Q', '/w', '+w', 'A', 'YQ\n'])('base64url refuses %j', (text) => {
    expect(() => decodeBase64url(text)).toThrow(notCanonical);
  });

  test.each(['0', 'AB', '0g', ' 00', '0x', '00\n'])('hexadecimal refuses %j', (text) => {
    expect(() => decodeHex(text)).toThrow(notCanonical);
  });

  test('the caller names the value and the code', () => {
    expect(() => decodeBase64('?', "the key's blob", 'malformed-signature')).toThrow(
      expect.objectContaining({
        code: 'malformed-signature',
        message: "the key's blob is not canonical base64",
      }),
    );
  });
});
