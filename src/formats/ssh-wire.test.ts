import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes } from './bytes.ts';
import { SshReader, sshMpint, sshString, sshUint32 } from './ssh-wire.ts';

const read = (bytes: Uint8Array) => new SshReader(bytes, 'the blob');
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const malformed = expect.objectContaining({ code: 'malformed-signature' });

test('fields are read back in order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.uint8Array(),
      fc.uint8Array({ minLength: 1 }).filter((bytes) => bytes.some((byte) => byte !== 0)),
      (number, bytes, magnitude) => {
        const reader = read(concatBytes(sshUint32(number), sshString(bytes), sshMpint(magnitude)));
        expect(reader.uint32('number')).toBe(number);
        expect(reader.string('bytes')).toEqual(bytes);
        const first = magnitude.findIndex((byte) => byte !== 0);
        expect(reader.positive('integer')).toEqual(magnitude.slice(first));
        expect(() => reader.end()).not.toThrow();
      },
    ),
  );
});

test('mpints are those of RFC 4251 section 5', () => {
  expect(sshMpint(hex(''))).toEqual(hex('00000000'));
  expect(sshMpint(hex('000000'))).toEqual(hex('00000000'));
  expect(sshMpint(hex('09a378f9b2e332a7'))).toEqual(hex('0000000809a378f9b2e332a7'));
  expect(sshMpint(hex('80'))).toEqual(hex('000000020080'));
});

describe('refused are', () => {
  test.each([
    ['zero', '00000000'],
    ['a negative number', '0000000180'],
    ['a needless leading zero', '000000020001'],
    ['a lone zero byte', '0000000100'],
  ])('%s as a positive number', (_name, text) => {
    expect(() => read(hex(text)).positive('integer')).toThrow(malformed);
  });

  test('a length beyond the end, before any memory is taken for it', () => {
    expect(() => read(hex('ffffffff00')).string('key')).toThrow(
      /^the blob ends inside its key: 4294967295 bytes expected, 1 left$/,
    );
  });

  test('bytes after the end', () => {
    expect(() => read(hex('0000')).end()).toThrow(/^the blob has 2 bytes after its end$/);
  });

  test.each(['0000000100', '000000011b', '00000001ff'])('text of %s', (text) => {
    expect(() => read(hex(text)).ascii('type')).toThrow(malformed);
  });

  test('text of more than 1024 characters', () => {
    expect(read(sshString('a'.repeat(1024))).ascii('type')).toHaveLength(1024);
    expect(() => read(sshString('a'.repeat(1025))).ascii('type')).toThrow(malformed);
  });

  test('numbers that four bytes cannot hold', () => {
    expect(() => sshUint32(2 ** 32)).toThrow(RangeError);
    expect(() => sshUint32(-1)).toThrow(RangeError);
  });
});
