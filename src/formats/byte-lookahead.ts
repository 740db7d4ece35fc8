import { copyBytes } from './bytes.ts';

/** Bytes that can be looked at before they are taken: for formats made of bounded blocks. */
export interface ByteLookahead {
  /** Bytes taken so far. */
  readonly offset: () => number;
  /** What comes next, `sizeBytes` at least; fewer only where the source ends. Not to be changed. */
  peek(sizeBytes: number): Promise<Uint8Array>;
  /** Takes bytes that `peek` has shown. */
  skip(sizeBytes: number): void;
}

/** A lookahead at the first byte of `chunks`, each of which is good until the next comes, and whose
 * errors pass through `peek`. */
export function createByteLookahead(chunks: AsyncIterator<Uint8Array>): ByteLookahead {
  let ahead: Uint8Array = new Uint8Array();
  let offset = 0;
  let ended = false;
  return {
    offset: () => offset,
    async peek(sizeBytes) {
      if (ahead.length >= sizeBytes || ended) return ahead;
      const parts: Uint8Array[] = [];
      for (let have = 0; ; ) {
        if (ahead.length > 0) parts.push(copyBytes(ahead));
        have += ahead.length;
        const next = await chunks.next();
        ended = next.done === true;
        ahead = next.done === true ? NOTHING : next.value;
        if (ended || have + ahead.length >= sizeBytes) break;
      }
      // one piece, as it is nearly always, stays where it is
      if (parts.length > 0) ahead = Buffer.concat([...parts, ahead]);
      return ahead;
    },
    skip(sizeBytes) {
      ahead = ahead.subarray(sizeBytes);
      offset += sizeBytes;
    },
  };
}

const NOTHING = new Uint8Array();
