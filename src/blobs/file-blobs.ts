import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CountersignError } from '../core/errors.ts';
import type { Sha256 } from '../core/names.ts';
import type { Blobs, Clock } from '../gateway/ports.ts';
import { createBlobWriter } from './blob-writer.ts';
import { diskError, hasCode } from './disk-error.ts';
import { readVerified } from './file-stream.ts';
import { FOLDER_MODE, type Layout, pathOf, syncFolder } from './layout.ts';

/** Where the artifacts lie. `clock` decides which leftovers are old; the machine's, by default. */
export interface FileBlobsOptions {
  readonly folder: string;
  readonly clock?: Clock;
}

/** A staged file that nobody has written to for this long has lost its process: one hour. */
const LEFTOVER_MS = 60 * 60 * 1000;
const FILE_MODE = 0o600;

/**
 * Blobs in a folder: `sha256/ab/cdef...` holds the bytes, `incoming/` what is being written, both
 * on one file system so that a rename moves them whole. Makes the folder where it is not there, and
 * removes what processes that died left in `incoming/`. Throws `store-unavailable`, here and in
 * every method, when the disk is full or refuses.
 */
export async function createFileBlobs(options: FileBlobsOptions): Promise<Blobs> {
  const folder = resolve(options.folder);
  const layout: Layout = { sha256: join(folder, 'sha256'), incoming: join(folder, 'incoming') };
  try {
    await mkdir(layout.sha256, { recursive: true, mode: FOLDER_MODE });
    await mkdir(layout.incoming, { recursive: true, mode: FOLDER_MODE });
    await syncFolder(folder);
    await sweep(layout.incoming, options.clock);
  } catch (error) {
    throw diskError(error, `the artifact folder ${folder}`);
  }

  const locate = (sha256: Sha256): string => pathOf(layout, sha256);
  return {
    locate,
    async begin(maxBytes) {
      const path = join(layout.incoming, `${randomUUID()}.part`);
      try {
        return createBlobWriter(layout, path, await open(path, 'wx+', FILE_MODE), maxBytes);
      } catch (error) {
        throw diskError(error, 'a new artifact');
      }
    },
    async *read(sha256) {
      const handle = await openBlob(locate(sha256), sha256);
      try {
        yield* readVerified(handle, sha256);
      } finally {
        await handle.close();
      }
    },
    async has(sha256) {
      try {
        return (await stat(locate(sha256))).isFile();
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return false;
        throw diskError(error, `artifact ${sha256}`);
      }
    },
  };
}

async function openBlob(path: string, sha256: Sha256): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw diskError(error, `artifact ${sha256}`);
    throw new CountersignError('not-found', `there is no artifact with sha256 ${sha256}`);
  }
}

async function sweep(incoming: string, clock: Clock | undefined): Promise<void> {
  const now = clock === undefined ? Date.now() : Date.parse(clock.now());
  for (const name of await readdir(incoming)) {
    if (!name.endsWith('.part')) continue;
    const path = join(incoming, name);
    try {
      if (now - (await stat(path)).mtimeMs > LEFTOVER_MS) await unlink(path);
    } catch (error) {
      // another process sweeps too, or has just committed it
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }
}
