/** Bits of bytes, the highest first. Behind the end come zeroes, and `overrun` says so. */
export interface BitReader {
  /** The next `count` bits, 1 to 24, as a number. */
  take(count: number): number;
  /** As `take`, without moving. */
  peek(count: number): number;
  skip(count: number): void;
  /** Bits from the beginning of the bytes. */
  position(): number;
  /** Whether more was taken than there is. */
  overrun(): boolean;
}

/** A reader of `bytes` that begins `position` bits into them. */
export function createBitReader(bytes: Uint8Array, position = 0): BitReader {
  let at = position;

  function peek(count: number): number {
    const byte = at >>> 3;
    // 32 bits from the byte on hold any 24 bits from any bit of it on
    const word =
      ((bytes[byte] ?? 0) << 24) |
      ((bytes[byte + 1] ?? 0) << 16) |
      ((bytes[byte + 2] ?? 0) << 8) |
      (bytes[byte + 3] ?? 0);
    return (word << (at & 7)) >>> (32 - count);
  }

  return {
    peek,
    take(count) {
      const value = peek(count);
      at += count;
      return value;
    },
    skip(count) {
      at += count;
    },
    position: () => at,
    overrun: () => at > bytes.length * 8,
  };
}
