import { copyBytes, joinBytes } from './bytes.ts';
import { type GatherMemory, roomBytesFor } from './gather-memory.ts';

/** Reads exact amounts from chunks of any size. What the chunks throw, every later call throws. */
export interface ByteCursor {
  /** Bytes taken so far. */
  readonly offset: () => number;
  /** The next `sizeBytes` bytes, in memory of their own; fewer only where the source ends. */
  take(sizeBytes: number): Promise<Uint8Array>;
  /** Some of the next bytes, at least one and at most `sizeBytes`, in memory that is not theirs
   * alone; none where the source ends. */
  takeSome(sizeBytes: number): Promise<Uint8Array>;
  /** The next `sizeBytes` bytes where they are there without waiting, in memory that is not theirs
   * alone; else undefined, and nothing is taken. */
  takeNow(sizeBytes: number): Uint8Array | undefined;
  /** Reads on until `takeNow` has the next `sizeBytes` bytes, or no more come; what has been taken is
   * not good any more. Never throws: an error is thrown where the bytes before it have been taken. */
  gather(sizeBytes: number): Promise<void>;
  /** The next `sizeBytes` bytes, fewer where the source ends, in the cursor's memory: good until
   * `gather` or `keep` are called again, by whichever cursor has the memory then. */
  keep(sizeBytes: number): Promise<Uint8Array>;
}

const NOTHING = new Uint8Array();

/** A cursor at the first byte of `chunks`, each of which is good until the next comes. Cursors that
 * follow one another may share `memory`. */
export function createByteCursor(
  chunks: AsyncIterator<Uint8Array>,
  memory: GatherMemory = { bytes: new Uint8Array() },
): ByteCursor {
  let chunk: Uint8Array = NOTHING;
  /** What follows `chunk`, where that was gathered. */
  let rest: Uint8Array = NOTHING;
  let offset = 0;
  let failure: { readonly error: unknown } | null = null;

  async function next(): Promise<Uint8Array | undefined> {
    if (rest.length > 0) return takeRest();
    if (failure !== null) throw failure.error;
    try {
      const { done, value } = await chunks.next();
      return done === true ? undefined : value;
    } catch (error) {
      failure = { error };
      throw error;
    }
  }

  function takeRest(): Uint8Array {
    const held = rest;
    rest = NOTHING;
    return held;
  }

  async function refill(): Promise<boolean> {
    while (chunk.length === 0) {
      const more = await next();
      if (more === undefined) return false;
      chunk = more;
    }
    return true;
  }

  async function gather(sizeBytes: number): Promise<void> {
    while (chunk.length < sizeBytes) {
      // the next chunk may come where this one lies
      if (rest.length === 0) moveToMemory(chunk.length, sizeBytes);
      const more = await next().catch(() => undefined);
      if (more === undefined) return;
      // what is one piece, as small files are, stays where it is
      if (chunk.length === 0) chunk = more;
      else append(more, sizeBytes);
    }
  }

  /** Only what is wanted is copied; the rest of the piece stays where it is. */
  function append(more: Uint8Array, sizeBytes: number): void {
    const piece = more.subarray(0, sizeBytes - chunk.length);
    rest = more.subarray(piece.length);
    const length = chunk.length + piece.length;
    const into = moveToMemory(length, sizeBytes);
    into.set(piece, chunk.length);
    chunk = into.subarray(0, length);
  }

  /** Puts `chunk` at the begin of the memory, with room for `length` bytes of `wantedBytes`. */
  function moveToMemory(length: number, wantedBytes: number): Uint8Array {
    const isRoomy = length <= memory.bytes.length;
    const into = isRoomy ? memory.bytes : new Uint8Array(roomBytesFor(length, wantedBytes));
    memory.bytes = into;
    if (chunk.length > 0 && (chunk.buffer !== into.buffer || chunk.byteOffset !== 0)) {
      into.set(chunk);
      chunk = into.subarray(0, chunk.length);
    }
    return into;
  }

  function cut(sizeBytes: number): Uint8Array {
    const part = chunk.subarray(0, sizeBytes);
    chunk = chunk.subarray(part.length);
    offset += part.length;
    return part;
  }

  return {
    offset: () => offset,
    async take(sizeBytes) {
      // Grown by what really comes: a header may claim any size.
      const parts: Uint8Array[] = [];
      let missing = sizeBytes;
      while (missing > 0 && (chunk.length > 0 || (await refill()))) {
        const part = cut(missing);
        missing -= part.length;
        parts.push(missing > 0 ? copyBytes(part) : part);
      }
      return joinBytes(parts);
    },
    gather,
    async keep(sizeBytes) {
      await gather(sizeBytes);
      if (chunk.length === 0) await refill();
      moveToMemory(chunk.length, sizeBytes);
      return cut(sizeBytes);
    },
    takeNow(sizeBytes) {
      if (chunk.length === 0) chunk = takeRest();
      return sizeBytes <= chunk.length ? cut(sizeBytes) : undefined;
    },
    async takeSome(sizeBytes) {
      if (chunk.length === 0) await refill();
      return cut(sizeBytes);
    },
  };
}

/** All of `chunks`, each of which is good until the next comes, in memory of their own. */
export async function collectBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(copyBytes(chunk));
  return joinBytes(parts);
}
