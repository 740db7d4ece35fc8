/**
 * What turns packed bytes into unpacked ones, with engines of `node:zlib`. Those of DEFLATE work on
 * the thread that asks: as a stream each step is handed to another thread and waited for, which
 * costs a quarter of what unpacking does. `docs/decisions/0030-inflate-on-the-asking-thread.md`
 */
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createInflateRaw, gzipSync, type ZlibOptions } from 'node:zlib';
import { copyBytes } from './bytes.ts';

/** Unpacks one stream, once. */
export interface Decompressor {
  /** What comes out of `source`, which is read no further than to its first bytes behind the data; a
   * piece is good until the next comes, since fresh memory for each would be garbage. Throws the
   * errors of `node:zlib`, `Z_BUF_ERROR` where data is missing; those of `source` pass. */
  read(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined>;
  /** Packed bytes that belonged to the data. */
  usedBytes(): number;
}

/** An engine of `node:zlib`; `bytesWritten` is how much of its input it has used. */
export type Engine = Transform & { readonly bytesWritten: number };

/** Bytes that come out of DEFLATE at a time. */
const CHUNK_BYTES = 128 * 1024;

/** How many pieces of memory they lie in by turns. With one or two a scan takes a sixteenth longer than
 * with fresh memory for each, as measured; with eight it does not. */
const ROOMS = 8;

/** Rooms that nobody reads from now: those of each member would be garbage too. */
const idle: Uint8Array[][] = [];
/** More are needed only where containers lie in each other. */
const IDLE_MAX = 3;

/** Of gzip (RFC 1952), one or more members. */
export function gzipDecompressor(): Decompressor {
  return deflateDecompressor(createGunzip);
}

/** Of deflated data (RFC 1951) without a frame, as in a zip file. */
export function inflateDecompressor(): Decompressor {
  return deflateDecompressor(createInflateRaw);
}

function deflateDecompressor(create: (options: ZlibOptions) => Engine): Decompressor {
  stepsWork ??= doStepsWork();
  const steps = stepsWork ? createSteps(create(WITHOUT_ROOM)) : null;
  return steps === null
    ? streamDecompressor(create({ chunkSize: CHUNK_BYTES }))
    : stepDecompressor(steps);
}

/** An engine has memory of its own for what comes out as a stream: the least that it takes. */
const WITHOUT_ROOM = { chunkSize: 64 };

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
  for await (const piece of source) yield copyBytes(piece);
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
  /** Nothing is pushed any more, and no piece is read. */
  end(): void;
}

function createSteps(engine: Engine): Steps | null {
  const { _handle: handle, _writeState: left } = engine as Insides;
  if (typeof handle?.writeSync !== 'function' || !(left instanceof Uint32Array)) return null;
  const rooms = idle.pop() ?? [];
  /** What comes out lies here, from `at` on. */
  let room: Uint8Array = new Uint8Array();
  let at = 0;
  let unused = 0;
  // it is thrown below, and would end the process where nobody listens
  engine.on('error', () => undefined);
  return {
    unusedBytes: () => unused,
    end() {
      engine.destroy();
      if (idle.length < IDLE_MAX) idle.push(rooms);
    },
    *push(packed, flush) {
      unused = packed.length;
      for (let freeBytes = 0; freeBytes === 0; ) {
        if (at === room.length) {
          const next = rooms.length < ROOMS ? new Uint8Array(CHUNK_BYTES) : rooms.shift();
          room = next ?? room;
          rooms.push(room);
          at = 0;
        }
        const [from, start] = [packed.length - unused, at];
        handle.writeSync(flush, packed, from, unused, room, start, room.length - start);
        if (engine.errored !== null) throw engine.errored;
        freeBytes = left[0] ?? 0;
        unused = left[1] ?? 0;
        at = room.length - freeBytes;
        if (at > start) yield room.subarray(start, at);
      }
    },
  };
}

function stepDecompressor(steps: Steps): Decompressor {
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
        steps.end();
      }
    },
  };
}

/** Whether those parts do here what is expected of them; if not, everything is read as a stream. */
let stepsWork: boolean | null = null;

function doStepsWork(): boolean {
  const content = Buffer.alloc(2 * CHUNK_BYTES + 1, 'inflate');
  const packed = gzipSync(content);
  const steps = createSteps(createGunzip(WITHOUT_ROOM));
  if (steps === null) return false;
  try {
    const parts: Uint8Array[] = [];
    for (const piece of [packed.subarray(0, 20), packed.subarray(20)])
      for (const part of steps.push(piece, constants.Z_NO_FLUSH)) parts.push(copyBytes(part));
    const rest = [...steps.push(new Uint8Array(), constants.Z_FINISH)];
    return rest.length === 0 && Buffer.concat(parts).equals(content);
  } catch {
    return false;
  } finally {
    steps.end();
  }
}
