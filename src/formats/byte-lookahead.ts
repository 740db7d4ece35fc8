/** Bytes that can be looked at before they are taken: for formats made of bounded blocks. */
export interface ByteLookahead {
  /** Bytes taken so far. */
  readonly offset: () => number;
  /** What comes next, `sizeBytes` at least; fewer only where the source ends. Not to be changed. */
  peek(sizeBytes: number): Promise<Uint8Array>;
  /** Takes bytes that `peek` has shown. */
  skip(sizeBytes: number): void;
}

/** A lookahead at the first byte of `chunks`, whose errors pass through `peek`. */
export function createByteLookahead(chunks: AsyncIterator<Uint8Array>): ByteLookahead {
  let ahead: Uint8Array = new Uint8Array();
  let offset = 0;
  let ended = false;
  return {
    offset: () => offset,
    async peek(sizeBytes) {
      if (ahead.length >= sizeBytes || ended) return ahead;
      const parts = [ahead];
      for (let have = ahead.length; have < sizeBytes; ) {
        const next = await chunks.next();
        if (next.done === true) {
          ended = true;
          break;
        }
        parts.push(next.value);
        have += next.value.length;
      }
      ahead = parts.length === 2 && ahead.length === 0 ? (parts[1] ?? ahead) : Buffer.concat(parts);
      return ahead;
    },
    skip(sizeBytes) {
      ahead = ahead.subarray(sizeBytes);
      offset += sizeBytes;
    },
  };
}
