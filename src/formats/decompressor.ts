/**
 * What turns packed bytes into unpacked ones, with engines of `node:zlib`. Those of DEFLATE work on
 * the thread that asks: as a stream each step is handed to another thread and waited for, which
 * costs a quarter of what unpacking does. `docs/decisions/0030-inflate-on-the-asking-thread.md`
 */
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createInflateRaw, gzipSync } from 'node:zlib';

/** Unpacks one stream, once. */
export interface Decompressor {
  /** What comes out of `source`, which is read no further than to its first bytes behind the data; a
   * piece is good until the next comes, since fresh memory for each would be garbage. Throws the errors of `node:zlib`, `Z_BUF_ERROR` where data is missing; those of `source` pass. */
  read(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined>;
  /** Packed bytes that belonged to the data. */
  usedBytes(): number;
}

/** An engine of `node:zlib`; `bytesWritten` is how much of its input it has used. */
export type Engine = Transform & { readonly bytesWritten: number };

/** Bytes that come out of DEFLATE at a time. */
const CHUNK_BYTES = 128 * 1024;

/** Of gzip (RFC 1952), one or more members. */
export function gzipDecompressor(): Decompressor {
  return deflateDecompressor(createGunzip({ chunkSize: CHUNK_BYTES }));
}

/** Of deflated data (RFC 1951) without a frame, as in a zip file. */
export function inflateDecompressor(): Decompressor {
  return deflateDecompressor(createInflateRaw({ chunkSize: CHUNK_BYTES }));
}

function deflateDecompressor(engine: Engine): Decompressor {
  stepsWork ??= doStepsWork();
  const steps = stepsWork ? createSteps(engine) : null;
  return steps === null ? streamDecompressor(engine) : stepDecompressor(engine, steps);
}

/** Of any engine, with its own threads. */
export function streamDecompressor(engine: Engine): Decompressor {
  return {
    usedBytes: () => engine.bytesWritten,
    async *read(source) {
      // Its outcome reaches the reader through `engine`, which it destroys.
      const packed = Readable.from(copiesOf(source), { objectMode: true });
      const fed = pipeline(packed, engine).catch(() => {});
      try {
        yield* engine as AsyncIterable<Uint8Array>;
      } finally {
        engine.destroy();
        await fed;
      }
    },
  };
}

/** A stream reads ahead, and what it has read is good until the next comes. */
async function* copiesOf(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of source) yield piece.slice();
}

/** The parts of an engine that its own synchronous functions use. Nobody promises them, so they are
 * tried before they are believed. */
interface Insides {
  readonly _handle?: {
    /** Unpacks until one of both is used up; errors go to the engine. */
    writeSync(
      flush: number,
      packed: Uint8Array,
      packedFrom: number,
      packedBytes: number,
      into: Uint8Array,
      from: number,
      freeBytes: number,
    ): void;
  };
  /** Bytes that were left free, and packed bytes that were left, by the last step. */
  readonly _writeState?: Uint32Array;
}

interface Steps {
  /** What comes of `packed`, in pieces that are good until the next; errors of the engine. */
  push(packed: Uint8Array, flush: number): Iterable<Uint8Array>;
  /** Packed bytes that the last `push` left, which it does behind the end of the data only. */
  unusedBytes(): number;
}

function createSteps(engine: Engine): Steps | null {
  const { _handle: handle, _writeState: left } = engine as Insides;
  if (typeof handle?.writeSync !== 'function' || !(left instanceof Uint32Array)) return null;
  /** What comes out lies here, from `at` on. */
  const room = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let at = 0;
  let unused = 0;
  // it is thrown below, and would end the process where nobody listens
  engine.on('error', () => undefined);
  return {
    unusedBytes: () => unused,
    *push(packed, flush) {
      unused = packed.length;
      for (let freeBytes = 0; freeBytes === 0; ) {
        if (at === room.length) at = 0;
        const from = packed.length - unused;
        handle.writeSync(flush, packed, from, unused, room, at, room.length - at);
        if (engine.errored !== null) throw engine.errored;
        freeBytes = left[0] ?? 0;
        unused = left[1] ?? 0;
        const start = at;
        at = room.length - freeBytes;
        if (at > start) yield room.subarray(start, at);
      }
    },
  };
}

function stepDecompressor(engine: Engine, steps: Steps): Decompressor {
  let used = 0;
  return {
    usedBytes: () => used,
    async *read(source) {
      try {
        for await (const packed of source) {
          yield* steps.push(packed, constants.Z_NO_FLUSH);
          used += packed.length - steps.unusedBytes();
          if (steps.unusedBytes() > 0) break;
        }
        yield* steps.push(new Uint8Array(), constants.Z_FINISH);
      } finally {
        engine.destroy();
      }
    },
  };
}

/** Whether those parts do here what is expected of them; if not, everything is read as a stream. */
let stepsWork: boolean | null = null;

function doStepsWork(): boolean {
  const content = Buffer.alloc(2 * CHUNK_BYTES + 1, 'inflate');
  const packed = gzipSync(content);
  const engine = createGunzip({ chunkSize: CHUNK_BYTES });
  try {
    const steps = createSteps(engine);
    if (steps === null) return false;
    const parts: Uint8Array[] = [];
    for (const piece of [packed.subarray(0, 20), packed.subarray(20)])
      for (const part of steps.push(piece, constants.Z_NO_FLUSH)) parts.push(part.slice());
    const rest = [...steps.push(new Uint8Array(), constants.Z_FINISH)];
    return rest.length === 0 && Buffer.concat(parts).equals(content);
  } catch {
    return false;
  } finally {
    engine.destroy();
  }
}
