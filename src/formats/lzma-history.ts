/**
 * What has been unpacked and may be referred to: a ring that grows with what really comes, since
 * a header may claim any size.
 */
export interface LzmaHistory {
  /** Bytes since the last reset. */
  readonly total: number;
  /** Whether there is a byte that many before the last one. */
  reaches(distance: number): boolean;
  /** That byte; 0 is the last one. Only where `reaches`. */
  back(distance: number): number;
  put(byte: number): void;
  append(bytes: Uint8Array): void;
  /** Appends `length` bytes, each a copy of the one `distance` before the last one. */
  repeat(distance: number, length: number): void;
  reset(): void;
  /** Makes room for `sizeBytes` more, which `last` can then give back. Throws as `assertSize` does. */
  reserve(sizeBytes: number): void;
  /** A copy of the last `sizeBytes`, at most as many as were reserved. */
  last(sizeBytes: number): Uint8Array;
}

/** Bytes of the largest LZMA2 chunk, unpacked. */
const LZMA_CHUNK_BYTES = 2 * 1024 * 1024;

/** `assertSize` is asked before the ring grows to that many bytes, and throws where it must not. */
export function createLzmaHistory(
  dictionaryBytes: number,
  assertSize: (bytes: number) => void,
): LzmaHistory {
  return new Ring(dictionaryBytes, assertSize);
}

class Ring implements LzmaHistory {
  total = 0;
  readonly #dictionaryBytes: number;
  readonly #assertSize: (bytes: number) => void;
  #bytes = new Uint8Array(64 * 1024);
  #position = 0;

  constructor(dictionaryBytes: number, assertSize: (bytes: number) => void) {
    this.#dictionaryBytes = dictionaryBytes;
    this.#assertSize = assertSize;
  }

  reaches(distance: number): boolean {
    return distance < this.total && distance < this.#dictionaryBytes;
  }

  back(distance: number): number {
    const at = this.#position - distance - 1;
    return this.#bytes[at < 0 ? at + this.#bytes.length : at] ?? 0;
  }

  put(byte: number): void {
    this.#bytes[this.#position] = byte;
    this.#position += 1;
    if (this.#position === this.#bytes.length) this.#position = 0;
    this.total += 1;
  }

  append(bytes: Uint8Array): void {
    for (const byte of bytes) this.put(byte);
  }

  repeat(distance: number, length: number): void {
    const bytes = this.#bytes;
    const capacity = bytes.length;
    let to = this.#position;
    let from = to - distance - 1;
    if (from < 0) from += capacity;
    for (let count = 0; count < length; count += 1) {
      bytes[to] = bytes[from] ?? 0;
      to += 1;
      if (to === capacity) to = 0;
      from += 1;
      if (from === capacity) from = 0;
    }
    this.#position = to;
    this.total += length;
  }

  reset(): void {
    this.#position = 0;
    this.total = 0;
  }

  reserve(sizeBytes: number): void {
    // One chunk more than the dictionary, so that a chunk never overwrites what it refers to.
    const most = this.#dictionaryBytes + LZMA_CHUNK_BYTES;
    const needed = Math.min(most, this.total + sizeBytes + 1);
    if (needed <= this.#bytes.length) return;
    const capacity = Math.min(most, Math.max(needed, 2 * this.#bytes.length));
    this.#assertSize(needed);
    // Nothing has gone round yet: until the ring has its full size it is larger than the total.
    const grown = new Uint8Array(capacity);
    grown.set(this.#bytes.subarray(0, this.#position));
    this.#bytes = grown;
  }

  last(sizeBytes: number): Uint8Array {
    const start = this.#position - sizeBytes;
    if (start >= 0) return this.#bytes.slice(start, this.#position);
    const whole = new Uint8Array(sizeBytes);
    whole.set(this.#bytes.subarray(this.#bytes.length + start));
    whole.set(this.#bytes.subarray(0, this.#position), -start);
    return whole;
  }
}
