/** A file of this machine, opened for threads that do nothing else meanwhile: they need not wait for
 * another thread to read. */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { requireSha256, type Sha256 } from '../core/names.ts';
import type { RandomAccess } from '../formats/random-access.ts';

/** A file for reading at any place; the caller closes it. */
export interface OpenFile {
  readonly source: RandomAccess;
  /** All of it at once, in memory that is the caller's: throws a RangeError where `into` is smaller. */
  readInto(into: Uint8Array): void;
  /** The SHA-256 of all of it. */
  digest(): Sha256;
  close(): void;
}

const PIECE_BYTES = 256 * 1024;

/** Opens the regular file at `path`. Throws as `fs.openSync`, and for what is no regular file. What it
 * gives throws a RangeError where the file has shrunk meanwhile. */
export function openFile(path: string): OpenFile {
  // what is no regular file any more, such as a pipe, may not make us wait
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw new TypeError('it is no regular file');
    return describe(file, status.size);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function describe(file: number, sizeBytes: number): OpenFile {
  const fill = (into: Uint8Array, length: number, position: number) => {
    for (let at = 0; at < length; ) {
      const count = readSync(file, into, at, length - at, position + at);
      if (count === 0) throw new RangeError(`the file ends at ${position + at} of ${sizeBytes}`);
      at += count;
    }
  };
  return {
    readInto: (into) => fill(into, sizeBytes, 0),
    digest() {
      const hash = createHash('sha256');
      const piece = Buffer.allocUnsafeSlow(Math.max(1, Math.min(sizeBytes, PIECE_BYTES)));
      for (let at = 0; at < sizeBytes; at += piece.length) {
        const length = Math.min(piece.length, sizeBytes - at);
        fill(piece, length, at);
        hash.update(piece.subarray(0, length));
      }
      return requireSha256(hash.digest('hex'));
    },
    source: {
      sizeBytes,
      async read(position, length) {
        // all of it is written below
        const bytes = Buffer.allocUnsafeSlow(length);
        fill(bytes, length, position);
        return bytes;
      },
    },
    close: () => closeSync(file),
  };
}
