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

/** All bytes from the first to the last, in pieces of 64 KiB. */
export async function* readSequentially(
  source: RandomAccess,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < source.sizeBytes; at += 64 * 1024) {
    yield await source.read(at, Math.min(64 * 1024, source.sizeBytes - at));
  }
}
