import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CANONICAL_MAX_BYTES,
  CANONICAL_MAX_DEPTH,
  decodeCanonical,
  encodeCanonical,
  type JsonValue,
} from './canonical.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const withCode = (code: string) => expect.objectContaining({ code });

const documents: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().map((number) => (number === 0 ? 0 : number)),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value')),
    fc.dictionary(
      fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__'),
      tie('value'),
      { noNullPrototype: true },
    ),
  ),
})).value;

describe('RFC 8785', () => {
  test('sorts keys by UTF-16 code units (section 3.2.3)', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const spelled = textOf(encodeCanonical(value));
    const order = ['Carriage', '"One"', 'Control', 'Latin', 'Euro', 'Emoji', 'Hebrew'];
    expect(order.map((word) => spelled.indexOf(word))).toEqual(
      order.map((word) => spelled.indexOf(word)).toSorted((a, b) => a - b),
    );
    expect(spelled.indexOf('Carriage')).toBeGreaterThan(0);
  });

  test('writes strings and literals as the example of section 3.2.2, 3.2.4 has them', () => {
    const value = {
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    // the bytes printed in section 3.2.4, without the number member (fractions are not for us)
    const expected =
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c22737472696e67223a' +
      '22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d';
    expect(Buffer.from(encodeCanonical(value)).toString('hex')).toBe(expected);
  });

  test('writes integers plainly (appendix B)', () => {
    expect(textOf(encodeCanonical([0, 9007199254740991, -9007199254740991]))).toBe(
      '[0,9007199254740991,-9007199254740991]',
    );
  });
});

describe('decoding', () => {
  test('gives back every document that was encoded', () => {
    fc.assert(
      fc.property(documents, (value) => {
        expect(decodeCanonical(encodeCanonical(value))).toEqual(value);
      }),
    );
  });

  test('accepts bytes only when encoding their value gives the same bytes', () => {
    const mutated = fc
      .tuple(documents, fc.nat(), fc.integer({ min: 0, max: 255 }))
      .map(([value, at, byte]) => {
        const bytes = encodeCanonical(value);
        bytes[at % bytes.length] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(mutated, (bytes) => {
        let value: JsonValue;
        try {
          value = decodeCanonical(bytes);
        } catch {
          return;
        }
        expect(encodeCanonical(value)).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['white space', '{"a": 1}'],
    ['a final newline', '{"a":1}\n'],
    ['unsorted keys', '{"b":1,"a":2}'],
    ['a key twice', '{"a":1,"a":1}'],
    ['a needless escape', '"\\u0041"'],
    ['an escaped slash', '"\\/"'],
    ['an upper-case escape', '"\\u001F"'],
    ['an exponent', '1e2'],
    ['a fraction of zero', '1.0'],
  ])('refuses %s as another spelling', (_name, text) => {
    expect(() => decodeCanonical(bytesOf(text))).toThrow(withCode('not-canonical'));
  });

  test.each([
    ['a byte order mark', '\ufeff{}'],
    ['nothing', ''],
    ['a cut document', '{"a":'],
    ['two documents', '{}{}'],
    ['a fraction', '[1.5]'],
    ['an unsafe integer', '9007199254740992'],
    ['infinity by overflow', '1e400'],
    ['negative zero', '-0'],
    ['a lone surrogate', '"\\ud800"'],
    ['a lone surrogate in a key', '{"\\udc00":1}'],
    ['a key __proto__', '{"__proto__":{"admin":true}}'],
  ])('refuses %s as no document of ours', (_name, text) => {
    expect(() => decodeCanonical(bytesOf(text))).toThrow(withCode('malformed-document'));
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(() => decodeCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(
      withCode('malformed-document'),
    );
  });

  test('bounds size before it parses', () => {
    expect(() => decodeCanonical(new Uint8Array(CANONICAL_MAX_BYTES + 1))).toThrow(
      withCode('limit-exceeded'),
    );
    expect(() => decodeCanonical(bytesOf('[1,2]'), { maxBytes: 4, what: 'the roster' })).toThrow(
      expect.objectContaining({ message: 'the roster has 5 bytes, at most 4 are read' }),
    );
  });

  test('bounds depth: the deepest allowed passes, one more does not, a flood neither', () => {
    const nested = (depth: number) => bytesOf('['.repeat(depth) + ']'.repeat(depth));
    expect(decodeCanonical(nested(CANONICAL_MAX_DEPTH))).toBeDefined();
    expect(() => decodeCanonical(nested(CANONICAL_MAX_DEPTH + 1))).toThrow(
      withCode('limit-exceeded'),
    );
    expect(() => decodeCanonical(nested(CANONICAL_MAX_BYTES / 2))).toThrow(
      withCode('limit-exceeded'),
    );
  });

  test('an error message never repeats hostile text', () => {
    const hostile = '{"\u001b[2J":{"b":1.5}}';
    expect(() => decodeCanonical(bytesOf(hostile))).toThrow(withCode('malformed-document'));
    expect(() => decodeCanonical(bytesOf('"\u009b2J'))).toThrow(/^the document is not JSON$/);
    const escaped = '{"\\u001b[2J":{"b":1.5}}';
    expect(() => decodeCanonical(bytesOf(escaped))).toThrow(
      /^the document\.\(key\)\.b is a number that is not a safe integer$/,
    );
  });
});

describe('encoding', () => {
  const circular: unknown[] = [];
  circular.push(circular);

  test.each([
    ['undefined', { a: undefined }],
    ['a hole', new Array(2)],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(2)],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['NaN', Number.NaN],
    ['a boxed text', Object('a')],
    ['a lone surrogate', '\udfff'],
  ])('refuses %s instead of dropping or converting it', (_name, value) => {
    expect(() => encodeCanonical(value)).toThrow(withCode('malformed-document'));
  });

  test('refuses a value that contains itself', () => {
    expect(() => encodeCanonical(circular)).toThrow(withCode('limit-exceeded'));
  });

  test('does not call a toJSON that came with the data', () => {
    expect(() => encodeCanonical({ toJSON: () => 'forged' })).toThrow(
      withCode('malformed-document'),
    );
  });

  test('names the place', () => {
    expect(() => encodeCanonical({ artifacts: [{ sizeBytes: 1.5 }] })).toThrow(
      /^\$\.artifacts\[0\]\.sizeBytes is a number that is not a safe integer$/,
    );
  });
});
