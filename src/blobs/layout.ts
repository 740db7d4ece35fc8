import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError } from '../core/errors.ts';
import { isSha256, type Sha256 } from '../core/names.ts';

/** The two folders of a blob folder, on one file system. */
export interface Layout {
  readonly sha256: string;
  readonly incoming: string;
}

/** Folders of artifacts are their owner's alone. */
export const FOLDER_MODE = 0o700;

/** The folder that holds this blob. Throws `not-found` where the name is no digest. */
export function shardOf(layout: Layout, sha256: Sha256): string {
  // the type is a promise of the caller; a path is made of it, so it is checked once more
  if (!isSha256(sha256)) {
    throw new CountersignError('not-found', 'expected 64 hexadecimal digits, found another name');
  }
  return join(layout.sha256, sha256.slice(0, 2));
}

/** The file that holds this blob once it is committed. Throws as `shardOf` does. */
export function pathOf(layout: Layout, sha256: Sha256): string {
  return join(shardOf(layout, sha256), sha256.slice(2));
}

/** Makes the names in this folder durable. Throws the system's error. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
