/** Elements of DER (X.690): where one ends, and a reader that takes nothing but DER. */

/** Tags that keys are made of. */
export const DER = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectId: 0x06,
  sequence: 0x30,
} as const;

/** The head of an element, tag and length, and the size that it gives the content. */
export interface DerHead {
  readonly headBytes: number;
  readonly contentBytes: number;
}

/** Bytes of a length behind the first of them: above four gibibytes nothing is a key. */
const LENGTH_MOST_BYTES = 4;

/**
 * The head of the element that begins at `at`, whatever its tag. A longer length than the shortest
 * is taken, as some programs write it, and the content may end behind `bytes`. Null where the head
 * itself does, for the indefinite form, and for a length of more than four bytes.
 */
export function readDerHead(bytes: Uint8Array, at = 0): DerHead | null {
  const first = bytes[at + 1] ?? INDEFINITE;
  if (first < INDEFINITE) return { headBytes: 2, contentBytes: first };
  const extra = first - INDEFINITE;
  const headBytes = 2 + extra;
  if (extra === 0 || extra > LENGTH_MOST_BYTES || at + headBytes > bytes.length) return null;
  let contentBytes = 0;
  for (let place = at + 2; place < at + headBytes; place += 1) {
    contentBytes = contentBytes * 256 + (bytes[place] ?? 0);
  }
  return { headBytes, contentBytes };
}

const INDEFINITE = 0x80;

/** Whether one element is all of `bytes`. */
export function isOneElement(bytes: Uint8Array): boolean {
  const head = readDerHead(bytes);
  return head !== null && head.headBytes + head.contentBytes === bytes.length;
}

/** Sizes of a head, and the least content for which it is the shortest (X.690 section 10.1). */
const LEAST_CONTENT: Readonly<Record<number, number>> = { 2: 0, 3: 0x80, 4: 0x100 };

/** Reads one element after the other, with lengths of at most two bytes behind the first, each in its
 * shortest form; `fail` is called with a clause where there is none. */
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
    const head = readDerHead(this.#bytes, this.#at);
    const least = LEAST_CONTENT[head?.headBytes ?? 0];
    if (head === null || least === undefined) this.#fail('has a length that is not DER');
    if (head.contentBytes < least) this.#fail('has a padded length');
    const start = this.#at + head.headBytes;
    const end = start + head.contentBytes;
    if (end > this.#bytes.length) this.#fail('ends too early');
    this.#at = end;
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
