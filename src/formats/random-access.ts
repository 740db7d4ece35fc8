/** Bytes that can be read anywhere, such as a file; see `bytesAsRandomAccess` for memory. */
export interface RandomAccess {
  readonly sizeBytes: number;
  /** Exactly `length` bytes from `position`; rejects where there are fewer. */
  read(position: number, length: number): Promise<Uint8Array>;
}

/** `bytes` as a RandomAccess; nothing is copied. */
export function bytesAsRandomAccess(bytes: Uint8Array): RandomAccess {
  return {
    sizeBytes: bytes.length,
    async read(position, length) {
      if (position < 0 || length < 0 || position + length > bytes.length) {
        throw new RangeError(`no ${length} bytes at ${position} of ${bytes.length}`);
      }
      return bytes.subarray(position, position + length);
    },
  };
}

/** The bytes from the first on, of a file or of a stream that can be begun again. */
export function readFromStart(
  source: RandomAccess | (() => AsyncIterable<Uint8Array>),
): AsyncIterable<Uint8Array> {
  return typeof source === 'function' ? source() : readSequentially(source);
}

/** A part of `source` as a RandomAccess of its own; nothing is copied. */
export function sliceOf(source: RandomAccess, start: number, end: number): RandomAccess {
  return {
    sizeBytes: end - start,
    async read(position, length) {
      if (position < 0 || length < 0 || start + position + length > end) {
        throw new RangeError(`no ${length} bytes at ${position} of ${end - start}`);
      }
      return source.read(start + position, length);
    },
  };
}

/** Bytes that are read at a time. */
const PIECE_BYTES = 256 * 1024;

/** All bytes from the first to the last, in pieces. */
export function readSequentially(
  source: RandomAccess,
): AsyncGenerator<Uint8Array, void, undefined> {
  return readRange(source, 0, source.sizeBytes);
}

/** `length` bytes from `position` on, in pieces. */
export async function* readRange(
  source: RandomAccess,
  position: number,
  length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const end = position + length;
  for (let at = position; at < end; at += PIECE_BYTES) {
    yield await source.read(at, Math.min(PIECE_BYTES, end - at));
  }
}
