/** Reads the content of many objects through one `git cat-file --batch`; nothing is written to disk. */
import type { Readable } from 'node:stream';
import { CountersignError } from '../core/errors.ts';
import type { GitProcess } from './git-process.ts';

/** A blob as a tree lists it. */
export interface GitBlob {
  readonly id: string;
  readonly sizeBytes: number;
}

/** Takes the content of one blob, piece by piece. */
export interface BlobSink {
  readonly take: (chunk: Buffer) => void;
  readonly end: () => void;
}

const READ_MS = 300_000;
const HEADER_MAX_LENGTH = 200;

/**
 * Hands each of `blobs`, in their order, to the sink that `open` gives. Throws `source-unreachable`
 * where git gives other objects than were asked for, or fewer.
 */
export async function readBlobs<T extends GitBlob>(
  git: GitProcess,
  folder: string,
  blobs: readonly T[],
  open: (blob: T) => BlobSink,
): Promise<void> {
  if (blobs.length === 0) return;
  const splitter = createSplitter(blobs, open);
  await git.stream(
    {
      folder,
      args: ['cat-file', '--batch'],
      stdin: `${blobs.map((one) => one.id).join('\n')}\n`,
      timeoutMs: READ_MS,
    },
    async (output: Readable) => {
      for await (const chunk of output as AsyncIterable<Buffer>) splitter.take(chunk);
    },
  );
  splitter.end();
}

/** `id SP type SP size LF content LF` for each blob, in pieces of any size. */
function createSplitter<T extends GitBlob>(blobs: readonly T[], open: (blob: T) => BlobSink) {
  let at = 0;
  let header = '';
  let sink: BlobSink | null = null;
  // content still to come, and the line end after it
  let left = 0;

  /** Bytes of `chunk` that belong to a header. */
  function takeHeader(chunk: Buffer): number {
    const end = chunk.indexOf(0x0a);
    header += chunk.toString('latin1', 0, end === -1 ? chunk.length : end);
    if (header.length > HEADER_MAX_LENGTH) refuse('git answered with something else than objects');
    if (end === -1) return chunk.length;
    const blob = blobs[at];
    const found = /^([0-9a-f]+) blob (\d+)$/.exec(header);
    if (blob === undefined || found?.[1] !== blob.id || Number(found[2]) !== blob.sizeBytes) {
      return refuse('git answered with another object than was asked for');
    }
    header = '';
    left = blob.sizeBytes + 1;
    sink = open(blob);
    return end + 1;
  }

  /** Bytes of `chunk` that belong to the blob at hand. */
  function takeContent(chunk: Buffer, into: BlobSink): number {
    const content = chunk.subarray(0, Math.min(chunk.length, left - 1));
    if (content.length > 0) into.take(content);
    const taken = Math.min(chunk.length, left);
    left -= taken;
    if (left === 0) {
      into.end();
      sink = null;
      at += 1;
    }
    return taken;
  }

  return {
    take(chunk: Buffer): void {
      for (let from = 0; from < chunk.length; ) {
        const rest = chunk.subarray(from);
        from += sink === null ? takeHeader(rest) : takeContent(rest, sink);
      }
    },
    end(): void {
      if (at !== blobs.length) refuse(`git gave ${at} of ${blobs.length} objects`);
    },
  };
}

function refuse(message: string): never {
  throw new CountersignError('source-unreachable', message, {
    hint: 'a commit that cannot be read cannot be compared with what was packed',
  });
}
