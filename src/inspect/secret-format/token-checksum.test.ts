import { describe, expect, it } from 'vitest';
import {
  base62,
  crc32Base36,
  crc32Base62,
  crc32Hex,
  decodeBase64Loosely,
  sha256Base32,
  standsAlone,
} from './token-checksum.ts';

describe('checksums of tokens', () => {
  it('are CRC-32 as its catalogue says: cbf43926 of "123456789"', () => {
    expect(crc32Hex('123456789')).toBe('cbf43926');
    expect(Number.parseInt(crc32Base36('123456789'), 36)).toBe(0xcbf43926);
    expect(crc32Base62('123456789')).toBe(base62(0xcbf43926));
  });

  it('are padded', () => {
    expect(crc32Hex('')).toBe('00000000');
    expect(crc32Base36('')).toBe('0000000');
    expect(crc32Base62('')).toBe('000000');
  });

  it('count in base62 with digits, capitals and small letters', () => {
    expect([9, 10, 35, 36, 61, 62].map(base62)).toEqual(['9', 'A', 'Z', 'a', 'z', '10']);
  });

  it('are base32 of SHA-256, which of nothing begins with e3b0c44298', () => {
    expect(sha256Base32('', 8)).toBe('4OYMIQUY');
  });
});

describe('base64', () => {
  it('is read in both alphabets, with or without padding, and refused otherwise', () => {
    expect(decodeBase64Loosely('-_8=')?.toString('hex')).toBe('fbff');
    expect(decodeBase64Loosely('+/8')?.toString('hex')).toBe('fbff');
    expect(decodeBase64Loosely('a')).toBeNull();
    expect(decodeBase64Loosely('a b=')).toBeNull();
  });
});

describe('a match stands alone', () => {
  it.each([
    ['', '', true],
    ['"', '"', true],
    ['KEY_', '_', true],
    ['x', '', false],
    ['', '0', false],
    ['\\n', '\\n', true],
    ['\\u003d', '', true],
    ['\\x3d', '', true],
    ['%3D', '', true],
    ['100%', 'x', false],
    ['wn', '', false],
    [`${'A'.repeat(70)}/`, '+', false],
    ['"', '+/aB0'.repeat(20), false],
    ['https://a.test/b/', '/c', true],
  ])('between %j and %j: %j', (before, after, expected) => {
    expect(standsAlone({ before, after })).toBe(expected);
  });
});
