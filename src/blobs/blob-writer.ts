import { type FileHandle, mkdir, rename, unlink } from 'node:fs/promises';
import { CountersignError } from '../core/errors.ts';
import type { BlobDigests, BlobWriter } from '../gateway/ports.ts';
import { startDigests } from './digests.ts';
import { diskError } from './disk-error.ts';
import { readExactly, readVerified, writeAll } from './file-stream.ts';
import { FOLDER_MODE, type Layout, pathOf, shardOf, syncFolder } from './layout.ts';

/**
 * A blob on its way in. `handle` is open for reading and writing at `path`, which lies in
 * `layout.incoming`. Any failure discards what was staged.
 */
export function createBlobWriter(
  layout: Layout,
  path: string,
  handle: FileHandle,
  maxBytes: number,
): BlobWriter {
  const digester = startDigests();
  let state: 'writing' | 'staged' | 'moved' | 'committed' | 'discarded' = 'writing';
  let digests: BlobDigests | undefined;

  function staged(): BlobDigests {
    if (state === 'staged' && digests !== undefined) return digests;
    throw new CountersignError('internal', `expected a staged blob, found one that is ${state}`);
  }

  async function discard(): Promise<void> {
    if (state === 'committed' || state === 'discarded') return;
    // once moved the name may be another writer's too, so it stays
    const remove = state !== 'moved';
    state = 'discarded';
    await handle.close().catch(() => undefined);
    // what cannot be removed now is swept an hour later
    if (remove) await unlink(path).catch(() => undefined);
  }

  async function orDiscard(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      await discard();
      throw diskError(error, 'an artifact');
    }
  }

  return {
    async write(chunk) {
      if (state !== 'writing') {
        throw new CountersignError('internal', `expected an open blob, found one that is ${state}`);
      }
      await orDiscard(async () => {
        const position = digester.sizeBytes();
        if (position + chunk.length > maxBytes) {
          throw new CountersignError('limit-exceeded', `the file has more than ${maxBytes} bytes`);
        }
        digester.update(chunk);
        await writeAll(handle, chunk, position);
      });
    },

    async finish() {
      if (state === 'writing') {
        state = 'staged';
        digests = digester.finish();
      }
      return staged();
    },

    async *reread() {
      yield* readVerified(handle, staged().sha256);
    },

    staged: () => ({
      sizeBytes: staged().sizeBytes,
      async read(position, length) {
        const { sizeBytes, sha256 } = staged();
        return readExactly(handle, position, length, sizeBytes, sha256);
      },
    }),

    async commit() {
      if (state === 'committed') return;
      const { sha256 } = staged();
      await orDiscard(async () => {
        await handle.sync();
        const shard = shardOf(layout, sha256);
        await mkdir(shard, { recursive: true, mode: FOLDER_MODE });
        // Dies here: the bytes lie in incoming/ and are swept. Renamed over a blob of this name
        // too: it holds the same bytes, or was damaged and is whole again.
        await rename(path, pathOf(layout, sha256));
        state = 'moved';
        // dies here: the whole blob is there or it is not, and nobody was told that it is
        await syncFolder(shard);
        // also where the shard was there: who made it may not have come this far
        await syncFolder(layout.sha256);
        await handle.close();
        state = 'committed';
      });
    },

    discard,
  };
}
