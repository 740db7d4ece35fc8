/** The checks of xz blocks (section 4 of the .xz file format). */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A running check. */
export interface XzCheck {
  readonly sizeBytes: number;
  update(bytes: Uint8Array): void;
  /** The check field as it stands in the file. */
  digest(): Uint8Array;
}

/** A fresh check by its id in the stream flags; undefined for the ids that nobody has defined. */
export function createXzCheck(id: number): XzCheck | undefined {
  if (id === 0) return { sizeBytes: 0, update: () => {}, digest: () => new Uint8Array() };
  if (id === 1) return createCrc32();
  if (id === 4) return createCrc64();
  if (id !== 10) return undefined;
  const hash = createHash('sha256');
  return { sizeBytes: 32, update: (bytes) => hash.update(bytes), digest: () => hash.digest() };
}

function createCrc32(): XzCheck {
  let crc = 0;
  return {
    sizeBytes: 4,
    update(bytes) {
      crc = crc32(bytes, crc);
    },
    digest() {
      const field = Buffer.alloc(4);
      field.writeUInt32LE(crc);
      return field;
    },
  };
}

/** Halves of the table: numbers hold no 64 bits, and BigInt is a hundred times slower. */
const LOW = new Uint32Array(256);
const HIGH = new Uint32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let crc = BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) {
    crc = (crc & 1n) === 1n ? (crc >> 1n) ^ 0xc96c5795d7870f42n : crc >> 1n;
  }
  LOW[byte] = Number(crc & 0xffffffffn);
  HIGH[byte] = Number(crc >> 32n);
}

function createCrc64(): XzCheck {
  let low = 0xffffffff;
  let high = 0xffffffff;
  return {
    sizeBytes: 8,
    update(bytes) {
      for (const byte of bytes) {
        const at = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (LOW[at] ?? 0);
        high = (high >>> 8) ^ (HIGH[at] ?? 0);
      }
    },
    digest() {
      const field = Buffer.alloc(8);
      field.writeUInt32LE(~low >>> 0);
      field.writeUInt32LE(~high >>> 0, 4);
      return field;
    },
  };
}
