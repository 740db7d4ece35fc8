import { CountersignError } from '../core/errors.ts';
import { concatBytes } from './bytes.ts';
import { encodeUtf8 } from './text.ts';

/** A four-byte big-endian number. Throws RangeError outside 0 to 2^32-1 (a defect of the caller). */
export function sshUint32(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw new RangeError('not an unsigned 32-bit number');
  }
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

/** A `string` of RFC 4251 section 5: length and bytes. A text is taken in UTF-8. */
export function sshString(value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === 'string' ? encodeUtf8(value) : value;
  return concatBytes(sshUint32(bytes.length), bytes);
}

/** An unsigned big-endian number as the `mpint` of RFC 4251 section 5; no bytes are zero. */
export function sshMpint(magnitude: Uint8Array): Uint8Array {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const short = first === -1 ? new Uint8Array(0) : magnitude.subarray(first);
  const signed = (short[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), short) : short;
  return sshString(signed);
}

/**
 * Reads RFC 4251 fields from `bytes`, front to back. Each method throws 'malformed-signature'
 * naming `what` and the field when the bytes run out or a field is not spelled canonically.
 */
export class SshReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  /** The next `length` bytes as they stand. */
  take(length: number, field: string): Uint8Array {
    const left = this.#bytes.length - this.#at;
    if (length > left) {
      this.fail(`ends inside its ${field}: ${length} bytes expected, ${left} left`);
    }
    const start = this.#at;
    this.#at += length;
    return this.#bytes.slice(start, this.#at);
  }

  /** One byte, 0 to 255. */
  byte(field: string): number {
    return this.take(1, field)[0] ?? 0;
  }

  /** A big-endian number, 0 to 2^32-1. */
  uint32(field: string): number {
    const bytes = this.take(4, field);
    return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  }

  /** The bytes of a `string`; may be none. */
  string(field: string): Uint8Array {
    return this.take(this.uint32(`length of the ${field}`), field);
  }

  /** A `string` that holds printable ASCII; may be empty. */
  ascii(field: string): string {
    const text = String.fromCharCode(...this.string(field).subarray(0, 1025));
    if (text.length > 1024 || !/^[\x20-\x7e]*$/.test(text)) {
      this.fail(`has a ${field} that is not at most 1024 printable characters`);
    }
    return text;
  }

  /** The magnitude of a positive `mpint`, big-endian, without leading zeros. */
  positive(field: string): Uint8Array {
    const bytes = this.string(field);
    const [first, second] = bytes;
    if (first === undefined || first >= 0x80) this.fail(`has a ${field} that is not positive`);
    if (first !== 0) return bytes;
    if (second === undefined || second < 0x80) {
      this.fail(`has a ${field} with a needless leading zero`);
    }
    return bytes.subarray(1);
  }

  /** Throws when anything follows. */
  end(): void {
    const left = this.#bytes.length - this.#at;
    if (left > 0) this.fail(`has ${left} bytes after its end`);
  }

  /** Throws 'malformed-signature' saying what is wrong with these bytes. */
  fail(problem: string): never {
    throw new CountersignError('malformed-signature', `${this.#what} ${problem}`);
  }
}
