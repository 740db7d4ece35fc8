import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes, equalBytes, joinBytes } from './bytes.ts';

test('concatenation agrees with Buffer', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (parts) => {
      expect(Buffer.from(concatBytes(...parts))).toEqual(Buffer.concat(parts));
    }),
  );
  expect(concatBytes()).toHaveLength(0);
  const many = Array.from({ length: 300_000 }, () => Uint8Array.of(7));
  expect(joinBytes(many)).toEqual(new Uint8Array(many.length).fill(7));
});

test('only the same bytes are equal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (bytes, at) => {
      const other = Uint8Array.from(bytes);
      expect(equalBytes(bytes, other)).toBe(true);
      expect(equalBytes(bytes, bytes.subarray(1))).toBe(false);
      other[at % other.length] = (other[at % other.length] ?? 0) ^ 1;
      expect(equalBytes(bytes, other)).toBe(false);
    }),
  );
});
