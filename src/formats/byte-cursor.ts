/** Reads exact amounts from chunks of any size. */
export interface ByteCursor {
  /** Bytes taken so far. */
  readonly offset: () => number;
  /** The next `sizeBytes` bytes, in memory of their own; fewer only where the source ends. */
  take(sizeBytes: number): Promise<Uint8Array>;
}

/** A cursor at the first byte of `chunks`, whose errors pass through `take`. */
export function createByteCursor(chunks: AsyncIterator<Uint8Array>): ByteCursor {
  let chunk: Uint8Array = new Uint8Array();
  let offset = 0;

  async function refill(): Promise<boolean> {
    while (chunk.length === 0) {
      const next = await chunks.next();
      if (next.done === true) return false;
      chunk = next.value;
    }
    return true;
  }

  return {
    offset: () => offset,
    async take(sizeBytes) {
      // Grown by what really comes: a header may claim any size.
      const parts: Uint8Array[] = [];
      let missing = sizeBytes;
      while (missing > 0 && (chunk.length > 0 || (await refill()))) {
        const part = chunk.subarray(0, missing);
        chunk = chunk.subarray(part.length);
        parts.push(part);
        missing -= part.length;
      }
      offset += sizeBytes - missing;
      return new Uint8Array(Buffer.concat(parts));
    },
  };
}
