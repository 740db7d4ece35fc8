import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteCursor } from './byte-cursor.ts';

async function* piecesOf(bytes: Uint8Array, sizes: readonly number[], error?: Error) {
  let at = 0;
  for (const size of sizes) {
    yield bytes.slice(at, at + size);
    at += size;
  }
  if (error !== undefined) throw error;
  if (at < bytes.length) yield bytes.slice(at);
}

const bytes = Uint8Array.from({ length: 4_000_000 }, (_, at) => (at * 7919) >> 5);

describe('gathering', () => {
  it('gives what came in pieces as if it had come at once', async () => {
    const steps = fc.array(fc.record({ size: fc.nat(1_500_000), gathers: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    });
    const property = fc.asyncProperty(
      steps,
      fc.array(fc.nat(700_000), { maxLength: 12 }),
      async (wanted, sizes) => {
        const cursor = createByteCursor(piecesOf(bytes, sizes));
        let at = 0;
        for (const { size, gathers } of wanted) {
          const expected = Buffer.from(bytes.subarray(at, at + size));
          if (gathers) await cursor.gather(size);
          const whole = at + size <= bytes.length;
          const found = gathers && whole ? cursor.takeNow(size) : await cursor.take(size);
          expect(expected.equals(found ?? new Uint8Array([1]))).toBe(true);
          at += expected.length;
          expect(cursor.offset()).toBe(at);
        }
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });

  it('leaves an error to where the bytes before it have been taken', async () => {
    const error = new Error('torn');
    const cursor = createByteCursor(piecesOf(new Uint8Array(10), [4, 6], error));
    await cursor.gather(100);
    expect(cursor.takeNow(100)).toBeUndefined();
    expect(await cursor.take(10)).toHaveLength(10);
    await cursor.gather(1);
    await expect(cursor.take(1)).rejects.toBe(error);
    await expect(cursor.takeSome(1)).rejects.toBe(error);
  });
});
