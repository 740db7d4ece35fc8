import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createUuidV7, parseShortId, parseUuidV7, SHORT_ID_LENGTH, shortId } from './uuid.ts';

const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const randoms = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('UUIDv7', () => {
  test('is the one of RFC 9562 appendix A.6', () => {
    // rand_a = 0xCC3, rand_b = 0x18C4DC0C0C07398F
    const random = Uint8Array.from(Buffer.from('0cc318c4dc0c0c07398f', 'hex'));
    expect(createUuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  test('gives its time back, whatever the random bytes', () => {
    fc.assert(
      fc.property(times, randoms, (timeMs, random) => {
        expect(parseUuidV7(createUuidV7(timeMs, random))).toEqual({ timeMs });
      }),
    );
  });

  test('sorts by time as text', () => {
    fc.assert(
      fc.property(times, times, randoms, randoms, (t1, t2, r1, r2) => {
        fc.pre(t1 < t2);
        expect(createUuidV7(t1, r1) < createUuidV7(t2, r2)).toBe(true);
      }),
    );
  });

  test.each([
    '017F22E2-79B0-7CC3-98C4-DC0C0C07398F',
    '017f22e279b07cc398c4dc0c0c07398f',
    '{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}',
    '017f22e2-79b0-4cc3-98c4-dc0c0c07398f',
    '017f22e2-79b0-7cc3-18c4-dc0c0c07398f',
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n',
    '',
  ])('refuses %j', (text) => {
    expect(() => parseUuidV7(text)).toThrow(
      expect.objectContaining({ code: 'malformed-document' }),
    );
  });

  test('refuses times and random bytes that would not fit', () => {
    const random = new Uint8Array(10);
    for (const timeMs of [-1, 1.5, 2 ** 48, Number.NaN]) {
      expect(() => createUuidV7(timeMs, random)).toThrow(RangeError);
    }
    expect(() => createUuidV7(0, new Uint8Array(9))).toThrow(RangeError);
  });
});

describe('short id', () => {
  test('is made of the last fifty random bits', () => {
    expect(shortId('017f22e2-79b0-7cc3-98c4-000000000000')).toBe('0000000000');
    expect(shortId('017f22e2-79b0-7cc3-98c4-00000000003f')).toBe('000000001z');
    expect(shortId('017f22e2-79b0-7cc3-98c7-ffffffffffff')).toBe('zzzzzzzzzz');
    expect(shortId('017f22e2-79b0-7cc3-98c8-000000000000')).toBe('0000000000');
  });

  test('is no UUID, depends on the random bytes only, and reads back as typed', () => {
    fc.assert(
      fc.property(times, times, randoms, (t1, t2, random) => {
        const id = shortId(createUuidV7(t1, random));
        expect(id).toBe(shortId(createUuidV7(t2, random)));
        expect(id).toHaveLength(SHORT_ID_LENGTH);
        expect(parseShortId(id)).toBe(id);
        expect(parseShortId(id.toUpperCase())).toBe(id);
        expect(parseShortId(id.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(id);
      }),
    );
  });

  test.each(['', '123456789', '12345678901', 'uuuuuuuuuu', '0123456-89', '012345678\n'])(
    'refuses %j',
    (text) => {
      expect(() => parseShortId(text)).toThrow(expect.objectContaining({ code: 'malformed-name' }));
    },
  );
});
