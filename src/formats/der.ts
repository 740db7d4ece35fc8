/** DER with definite lengths of at most two bytes, each in its shortest form (X.690 section 10.1). */

/** Tags that keys are made of. */
export const DER = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectId: 0x06,
  sequence: 0x30,
} as const;

/** Reads one element after the other; `fail` is called with a clause where there is none. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #fail: (problem: string) => never;
  #at = 0;

  constructor(bytes: Uint8Array, fail: (problem: string) => never) {
    this.#bytes = bytes;
    this.#fail = fail;
  }

  /** The tag of the next element; undefined at the end. */
  next(): number | undefined {
    return this.#bytes[this.#at];
  }

  /** The content of the next element, which must have this tag; nothing is copied. */
  take(tag: number): Uint8Array {
    if (this.#bytes[this.#at] !== tag) this.#fail('is not the DER that was expected');
    const first = this.#bytes[this.#at + 1] ?? 0x80;
    const extra = first < 0x80 ? 0 : first - 0x80;
    if (extra > 2 || first === 0x80) this.#fail('has a length that is not DER');
    let length = extra === 0 ? first : 0;
    for (let at = 0; at < extra; at += 1) {
      length = length * 256 + (this.#bytes[this.#at + 2 + at] ?? 0);
    }
    if (extra > 0 && length < (extra === 1 ? 0x80 : 0x100)) this.#fail('has a padded length');
    const start = this.#at + 2 + extra;
    if (start + length > this.#bytes.length) this.#fail('ends too early');
    this.#at = start + length;
    return this.#bytes.subarray(start, this.#at);
  }

  /** The magnitude of a positive INTEGER without leading zeros. */
  positive(): Uint8Array {
    const bytes = this.take(DER.integer);
    const [first, second] = bytes;
    if (first === undefined || first >= 0x80) this.#fail('has a number that is not positive');
    if (first !== 0) return bytes;
    if (second === undefined || second < 0x80) this.#fail('has a number that is zero or padded');
    return bytes.subarray(1);
  }

  end(): void {
    if (this.#at !== this.#bytes.length) this.#fail('has bytes after its end');
  }
}
