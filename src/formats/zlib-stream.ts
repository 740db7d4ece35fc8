import {
  constants,
  createBrotliDecompress,
  createZstdDecompress,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import {
  type ArchiveLimits,
  archiveLimit,
  assertUnpacked,
  malformedArchive,
} from './archive-entry.ts';
import { type ReportOddity, refuseOddity } from './archive-oddity.ts';
import { type ArchiveRemarks, createRemarks, REMARKS_BYTES } from './archive-remarks.ts';
import { type Decompressor, gzipDecompressor, streamDecompressor } from './decompressor.ts';
import { type PackedWatcher, watchGzip } from './gzip-remarks.ts';
import { watchZstd } from './zstd-remarks.ts';

/** Bytes that come out at a time; few steps, since one costs as much as many bytes. */
const CHUNK_BYTES = 256 * 1024;

/**
 * The unpacked bytes of a gzip stream (RFC 1952), one or more members, nothing after them.
 * Throws 'malformed-archive' (no gzip, truncated, wrong checksum, trailing bytes unless `report`
 * takes them) and 'limit-exceeded' (`packedBytes`, `unpackedBytes`, `ratio`); errors of `source`
 * pass through.
 */
export function gunzip(
  source: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
  report: ReportOddity = refuseOddity,
): AsyncGenerator<Uint8Array, void, undefined> {
  const engine = gzipDecompressor();
  return unpack(source, { name: 'gzip', engine, limits, report, watch: watchGzip });
}

/**
 * Whether this runtime tells truncated zstd from whole. Node 24.15 takes a cut frame for an empty
 * one: what it then reads cannot be believed, so there zstd is refused and counts as unread.
 */
export const ZSTD_IS_CHECKED: boolean = (() => {
  try {
    zstdDecompressSync(zstdCompressSync(Buffer.from('whole')).subarray(0, -1));
    return false;
  } catch {
    return true;
  }
})();

/**
 * As `gunzip`, of zstd frames (RFC 8878), which may not ask for more than `dictionaryBytes`. Throws
 * 'malformed-archive' for all of them where ZSTD_IS_CHECKED is false.
 */
export function unzstd(
  source: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
  report: ReportOddity = refuseOddity,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!ZSTD_IS_CHECKED) return refuseZstd();
  // The library takes ten or more, the logarithm of a window.
  const windowLog = Math.max(10, Math.floor(Math.log2(limits.dictionaryBytes)));
  const engine = streamDecompressor(
    createZstdDecompress({
      chunkSize: CHUNK_BYTES,
      params: { [constants.ZSTD_d_windowLogMax]: windowLog },
    }),
  );
  return unpack(source, { name: 'zstd', engine, limits, report, watch: watchZstd });
}

// biome-ignore lint/correctness/useYield: it refuses when it is read, as a reader does
async function* refuseZstd(): AsyncGenerator<Uint8Array, void, undefined> {
  throw malformedArchive('the archive', 'is zstd, which this Node reads without noticing a cut');
}

/** As `gunzip`, of a brotli stream (RFC 7932), which has no checksum and nothing that tells it. */
export function unbrotli(
  source: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
  report: ReportOddity = refuseOddity,
): AsyncGenerator<Uint8Array, void, undefined> {
  const engine = streamDecompressor(createBrotliDecompress({ chunkSize: CHUNK_BYTES }));
  return unpack(source, { name: 'brotli', engine, limits, report, watch: () => NOTHING_SKIPPED });
}

const NOTHING_SKIPPED: PackedWatcher = { push: () => undefined, finish: () => undefined };

interface Task {
  readonly name: string;
  readonly engine: Decompressor;
  readonly limits: ArchiveLimits;
  readonly report: ReportOddity;
  /** What finds the bytes that `engine` skips. */
  readonly watch: (remarks: ArchiveRemarks) => PackedWatcher;
}

async function* unpack(
  source: AsyncIterable<Uint8Array>,
  { name, engine, limits, report, watch }: Task,
): AsyncGenerator<Uint8Array, void, undefined> {
  const remarks = createRemarks(report, REMARKS_BYTES);
  const watcher = watch(remarks);
  let packedBytes = 0;
  let exhausted = false;
  let last: Uint8Array = new Uint8Array();
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of source) {
      packedBytes += chunk.length;
      if (packedBytes > limits.packedBytes) {
        throw archiveLimit(
          'the archive',
          `has more than ${limits.packedBytes} bytes`,
          'packedBytes',
        );
      }
      watcher.push(chunk);
      last = chunk;
      yield chunk;
    }
    watcher.finish();
    exhausted = true;
  }
  let unpackedBytes = 0;
  try {
    for await (const chunk of engine.read(counted())) {
      unpackedBytes += chunk.length;
      assertUnpacked(unpackedBytes, packedBytes, limits);
      yield chunk;
    }
  } catch (error) {
    throw packedBytes === 0 && exhausted ? emptyError(name) : describeError(name, error);
  }
  if (packedBytes === 0) throw emptyError(name);
  const used = engine.usedBytes();
  if (!exhausted || used !== packedBytes) {
    const where = `offset ${used}`;
    const problem = `bytes follow the end of the ${name} data`;
    report({ code: 'trailing-data', where, problem });
    // what is held for people anyway is searched as far as it has been read
    const behind = Math.min(last.length, packedBytes - used);
    const what = `what follows the end of the ${name} data`;
    remarks.add({ where, what }, last.subarray(last.length - behind));
  }
}

function emptyError(name: string): Error {
  return malformedArchive('the archive', `is empty; expected ${name}`);
}

function describeError(name: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^(?:Z_|ZSTD_|ERR__|ERR_BROTLI|BROTLI_)/.test(code) || !(error instanceof Error))
    return error;
  if (code === 'Z_BUF_ERROR') {
    return malformedArchive(
      'the archive',
      `the ${name} data is truncated, or something else follows it`,
      error,
    );
  }
  if (code === 'ZSTD_error_frameParameter_windowTooLarge') {
    return archiveLimit('the archive', `needs too large a window of ${name}`, 'dictionaryBytes');
  }
  return malformedArchive('the archive', `is not sound ${name} data: ${error.message}`, error);
}
