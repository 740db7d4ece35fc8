import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectBytes, createByteCursor } from './byte-cursor.ts';
import { createByteLookahead } from './byte-lookahead.ts';

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

describe('pieces that lie in one memory, one over the other', () => {
  /** As a decompressor gives them: what was given is gone when the next comes. */
  async function* inOneRoom(sizes: readonly number[]) {
    // a Buffer, whose `slice` is a view
    const room = Buffer.alloc(700_000);
    for await (const piece of piecesOf(bytes, sizes)) {
      for (let at = 0; at < piece.length; at += room.length) {
        const part = piece.subarray(at, at + room.length);
        room.fill(0xdb);
        room.set(part);
        yield room.subarray(0, part.length);
      }
    }
  }

  const steps = fc.array(
    fc.record({ size: fc.nat(1_500_000), how: fc.constantFrom('take', 'gather', 'keep', 'some') }),
    { minLength: 1, maxLength: 8 },
  );

  it('are read as if each had its own', async () => {
    const property = fc.asyncProperty(
      steps,
      fc.array(fc.nat(700_000), { maxLength: 12 }),
      async (wanted, sizes) => {
        const cursor = createByteCursor(inOneRoom(sizes));
        let at = 0;
        for (const { size, how } of wanted) {
          const from = at;
          const whole = at + size <= bytes.length;
          if (how === 'gather') await cursor.gather(size);
          const found =
            how === 'keep'
              ? await cursor.keep(size)
              : how === 'some'
                ? await cursor.takeSome(size)
                : how === 'gather' && whole
                  ? (cursor.takeNow(size) ?? new Uint8Array([1]))
                  : await cursor.take(size);
          at += found.length;
          // what is kept outlives what is read behind it
          for (const most of how === 'keep' ? [1000, 1_000_000, 1_000_000] : []) {
            const more = await cursor.takeSome(most);
            expect(Buffer.compare(more, bytes.subarray(at, at + more.length))).toBe(0);
            at += more.length;
          }
          expect(cursor.offset()).toBe(at);
          expect(Buffer.compare(found, bytes.subarray(from, from + found.length))).toBe(0);
          if (how !== 'some') expect(found.length).toBe(Math.min(size, bytes.length - from));
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('are looked ahead into as if each had its own', async () => {
    const wanted = fc.array(fc.record({ size: fc.nat(900_000), share: fc.nat(100) }), {
      minLength: 1,
      maxLength: 8,
    });
    const property = fc.asyncProperty(
      wanted,
      fc.array(fc.nat(700_000), { maxLength: 12 }),
      async (looks, sizes) => {
        const ahead = createByteLookahead(inOneRoom(sizes));
        for (const { size, share } of looks) {
          const at = ahead.offset();
          const found = await ahead.peek(size);
          expect(found.length).toBeGreaterThanOrEqual(Math.min(size, bytes.length - at));
          expect(Buffer.compare(found, bytes.subarray(at, at + found.length))).toBe(0);
          ahead.skip(Math.floor((found.length * share) / 100));
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('are collected', async () => {
    expect(Buffer.compare(await collectBytes(inOneRoom([5, 600_000])), bytes)).toBe(0);
  });
});
