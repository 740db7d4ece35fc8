import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import {
  type ArchiveLimits,
  archiveLimit,
  assertUnpacked,
  malformedArchive,
} from './archive-entry.ts';

/**
 * The unpacked bytes of a gzip stream (RFC 1952), one or more members, nothing after them.
 * Throws 'malformed-archive' (no gzip, truncated, wrong checksum, trailing bytes) and
 * 'limit-exceeded' (`packedBytes`, `unpackedBytes`, `ratio`); errors of `source` pass through.
 */
export async function* gunzip(
  source: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  let packedBytes = 0;
  let exhausted = false;
  const inflate = createGunzip({ chunkSize: 64 * 1024 });
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of source) {
      packedBytes += chunk.length;
      if (packedBytes > limits.packedBytes) {
        throw archiveLimit('the archive', `has more than ${limits.packedBytes} bytes`);
      }
      yield chunk;
    }
    exhausted = true;
  }
  // Its outcome reaches the loop below through `inflate`, which it destroys.
  const fed = pipeline(Readable.from(counted(), { objectMode: true }), inflate).catch(() => {});
  let unpackedBytes = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Uint8Array>) {
      unpackedBytes += chunk.length;
      assertUnpacked(unpackedBytes, packedBytes, limits);
      yield chunk;
    }
  } catch (error) {
    throw packedBytes === 0 && exhausted ? emptyError() : describeGzipError(error);
  } finally {
    inflate.destroy();
    await fed;
  }
  if (packedBytes === 0) throw emptyError();
  if (!exhausted || inflate.bytesWritten !== packedBytes) {
    throw malformedArchive(
      `offset ${inflate.bytesWritten}`,
      'bytes follow the end of the gzip data',
    );
  }
}

function emptyError(): Error {
  return malformedArchive('the archive', 'is empty; expected gzip');
}

function describeGzipError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!code.startsWith('Z_') || !(error instanceof Error)) return error;
  if (code === 'Z_BUF_ERROR') {
    return malformedArchive(
      'the archive',
      'the gzip data is truncated, or something else follows it',
      error,
    );
  }
  return malformedArchive('the archive', `is not sound gzip data: ${error.message}`, error);
}
