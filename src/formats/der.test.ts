import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DER, DerReader, isOneElement, readDerHead } from './der.ts';

const hex = (text: string) => Buffer.from(text, 'hex');

test.each([
  ['3000', 2, 0],
  ['307f', 2, 127],
  ['308180', 3, 128],
  ['30820100', 4, 256],
  ['308400000005', 6, 5],
  ['3084ffffffff', 6, 2 ** 32 - 1],
])('the head of %s is of %i bytes, and says that %i follow', (text, headBytes, contentBytes) => {
  expect(readDerHead(hex(text))).toEqual({ headBytes, contentBytes });
  expect(readDerHead(hex(`0500${text}`), 2)).toEqual({ headBytes, contentBytes });
});

test.each(['', '30', '3080', '3081', '308201', '3084ffffff', '30850000000001', '30ff'])(
  '%s is no head',
  (text) => {
    expect(readDerHead(hex(text))).toBeNull();
  },
);

test('an element is all of its bytes, or it is not', () => {
  expect(isOneElement(hex('30020500'))).toBe(true);
  expect(isOneElement(hex('3081020500'))).toBe(true);
  for (const other of ['', '300205', '3002050000', '30800000']) {
    expect(isOneElement(hex(other))).toBe(false);
  }
});

test('the reader takes each length in its shortest form alone, up to two bytes', () => {
  const fail = (problem: string): never => {
    throw new Error(problem);
  };
  const take = (text: string) => new DerReader(hex(text), fail).take(DER.sequence);
  expect(take('3001aa')).toEqual(hex('aa'));
  expect(() => take('0401aa')).toThrow('is not the DER that was expected');
  expect(() => take('3002aa')).toThrow('ends too early');
  expect(() => take('3080aa0000')).toThrow('has a length that is not DER');
  expect(() => take(`3083010000${'00'.repeat(65536)}`)).toThrow('has a length that is not DER');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65535 }), (size) => {
      const content = '07'.repeat(size);
      const [one, two] = [size.toString(16).padStart(2, '0'), size.toString(16).padStart(4, '0')];
      const shortest = size < 0x80 ? one : size < 0x100 ? `81${one}` : `82${two}`;
      expect(take(`30${shortest}${content}`)).toHaveLength(size);
      if (size < 0x80) expect(() => take(`3081${one}${content}`)).toThrow('has a padded length');
      if (size < 0x100) expect(() => take(`3082${two}${content}`)).toThrow('has a padded length');
    }),
    { numRuns: 30 },
  );
});
