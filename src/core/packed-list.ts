/** Lists that grow as long as a folder has files. */

/** Values in order, which may be made anew each time they are gone through. */
export interface Sequence<Value> extends Iterable<Value> {
  readonly length: number;
}

/** A sequence that is added to. */
export interface PackedList<Value> extends Sequence<Value> {
  push(value: Value): void;
}

/** Values that are packed together: each packed text has a cost of its own. */
const TOGETHER = 256;

const DECODER = new TextDecoder();
const ENCODER = new TextEncoder();

/** `value`, which JSON can say, as bytes outside of the heap of JavaScript. */
export function packValue(value: unknown): Uint8Array<ArrayBuffer> {
  return ENCODER.encode(JSON.stringify(value));
}

/** What `packValue` packed. */
export function unpackValue<Value>(packed: Uint8Array): Value {
  return JSON.parse(DECODER.decode(packed)) as Value;
}

/**
 * An empty list of values that JSON can say. They lie outside of the heap in a fraction of the memory
 * that objects take, and do not make V8 enlarge its young generation, as many that stay alive do.
 */
export function createPackedList<Value>(): PackedList<Value> {
  const packed: Uint8Array[] = [];
  let open: Value[] = [];
  return {
    get length() {
      return packed.length * TOGETHER + open.length;
    },
    push(value) {
      open.push(value);
      if (open.length < TOGETHER) return;
      packed.push(packValue(open));
      open = [];
    },
    *[Symbol.iterator]() {
      for (const one of packed) yield* unpackValue<Value[]>(one);
      yield* open;
    },
  };
}
