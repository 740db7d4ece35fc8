import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { CountersignError } from '../core/errors.ts';
import type { Sha256 } from '../core/names.ts';
import { diskError } from './disk-error.ts';

const CHUNK_BYTES = 64 * 1024;

/** Writes all of `chunk` at `position`; the system may take it in pieces. */
export async function writeAll(
  handle: FileHandle,
  chunk: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}

/**
 * The file from its first byte, whatever was read of it before, 64 KiB at a time. Throws
 * `ledger-corrupt` at the end where the bytes do not have this digest, `store-unavailable` where
 * the disk fails.
 */
export async function* readVerified(
  handle: FileHandle,
  expected: Sha256,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for (let position = 0; ; ) {
    // a new buffer each time, because the reader may keep the last one
    const buffer = new Uint8Array(CHUNK_BYTES);
    const bytesRead = await readAt(handle, buffer, position, expected);
    if (bytesRead === 0) break;
    position += bytesRead;
    const chunk = buffer.subarray(0, bytesRead);
    // before the reader gets it: the reader may write into it
    hash.update(chunk);
    yield chunk;
  }
  const found = hash.digest('hex');
  if (found === expected) return;
  throw new CountersignError(
    'ledger-corrupt',
    `the kept artifact has changed: expected sha256 ${expected}, found ${found}`,
    { hint: 'restore the artifact folder from its backup; nothing was published from this file' },
  );
}

/** These `length` bytes of a file of `sizeBytes`. Throws a RangeError where there are fewer. */
export async function readExactly(
  handle: FileHandle,
  position: number,
  length: number,
  sizeBytes: number,
  sha256: Sha256,
): Promise<Uint8Array> {
  if (position < 0 || length < 0 || position + length > sizeBytes) {
    throw new RangeError(`no ${length} bytes at ${position} of ${sizeBytes}`);
  }
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const bytesRead = await readAt(handle, bytes.subarray(at), position + at, sha256);
    if (bytesRead === 0) throw new RangeError(`the file ends before byte ${position + length}`);
    at += bytesRead;
  }
  return bytes;
}

async function readAt(
  handle: FileHandle,
  buffer: Uint8Array,
  position: number,
  sha256: Sha256,
): Promise<number> {
  try {
    return (await handle.read(buffer, 0, buffer.length, position)).bytesRead;
  } catch (error) {
    throw diskError(error, `artifact ${sha256}`);
  }
}
