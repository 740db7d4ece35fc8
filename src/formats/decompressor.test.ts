import { createGunzip, createInflateRaw, deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Decompressor,
  gzipDecompressor,
  inflateDecompressor,
  streamDecompressor,
} from './decompressor.ts';

/** Each is gone when the next comes. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  // a Buffer, whose `slice` is a view
  const room = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    room.fill(0xdb);
    room.set(piece);
    yield room.subarray(0, piece.length);
  }
}

/** All that comes out, what was used, and the error that ended it. */
async function read(engine: Decompressor, bytes: Uint8Array, pieces: number) {
  const parts: Uint8Array[] = [];
  let code = 'none';
  try {
    for await (const part of engine.read(inPieces(bytes, pieces))) parts.push(new Uint8Array(part));
  } catch (error) {
    code = String((error as NodeJS.ErrnoException).code);
  }
  const used = code === 'none' ? engine.usedBytes() : null;
  return { text: Buffer.concat(parts).toString('latin1'), used, code };
}

const FORMATS = [
  ['gzip', gzipDecompressor, () => streamDecompressor(createGunzip()), gzipSync],
  ['deflate', inflateDecompressor, () => streamDecompressor(createInflateRaw()), deflateRawSync],
] as const;

/** Repetitive enough to come out in many pieces, and not so much that nothing of it is left. */
const contents = fc
  .tuple(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 0, max: 2000 }))
  .map(([bytes, times]) => Buffer.concat(Array.from({ length: times }, () => bytes)));

describe.each(FORMATS)('%s', (_, create, createStream, pack) => {
  it('gives what was packed, several members too, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(contents, fc.integer({ min: 1, max: 5000 }), async (content, pieces) => {
        const packed = pack(content);
        const expected = { text: content.toString('latin1'), used: packed.length, code: 'none' };
        expect(await read(create(), packed, pieces)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('is the stream of node:zlib for whatever comes', async () => {
    const broken = fc.record({
      content: contents,
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      change: fc.option(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255))),
      behind: fc.constantFrom('', '\0', '\0\0\0', 'behind', '\x1f\x8b', '\x1f\x8b\x08', 'again'),
      pieces: fc.integer({ min: 1, max: 5000 }),
    });
    await fc.assert(
      fc.asyncProperty(broken, async ({ content, cut, change, behind, pieces }) => {
        const packed = pack(content);
        const held = Buffer.from(packed.subarray(0, Math.ceil(packed.length * cut)));
        if (change !== null) held[Math.floor(held.length * change[0])] = change[1];
        const more = behind === 'again' ? pack(content) : Buffer.from(behind, 'latin1');
        const bytes = Buffer.concat([held, more]);
        const [ours, theirs] = [
          await read(create(), bytes, pieces),
          await read(createStream(), bytes, pieces),
        ];
        // how much came out before it failed depends on how much comes out at a time
        if (theirs.code === 'none') expect(ours.text === theirs.text).toBe(true);
        expect({ code: ours.code, used: ours.used }).toEqual({
          code: theirs.code,
          used: theirs.used,
        });
      }),
      { numRuns: 200 },
    );
  });

  it('unpacks no further than it is asked to', async () => {
    const packed = pack(Buffer.alloc(64 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    for await (const part of create().read(inPieces(packed, packed.length))) {
      expect(part.length).toBeLessThan(1024 * 1024);
      break;
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
  });

  it('what its source throws passes, and an end before the data is told', async () => {
    async function* torn() {
      yield pack(Buffer.alloc(1000, 'a')).subarray(0, 12);
      throw new RangeError('gone');
    }
    const all = async () => {
      for await (const _ of create().read(torn()));
    };
    await expect(all()).rejects.toThrow('gone');
    expect((await read(create(), pack(Buffer.from('a')).subarray(0, -1), 5)).code).toBe(
      'Z_BUF_ERROR',
    );
  });
});

it('the engines of this Node have the parts that are asked for', () => {
  // were they gone, everything would be read as a stream, and this property would say nothing
  const engine = createGunzip() as unknown as Record<string, { writeSync?: unknown }>;
  expect(engine['_handle']?.writeSync).toBeTypeOf('function');
  expect(engine['_writeState']).toBeInstanceOf(Uint32Array);
});
