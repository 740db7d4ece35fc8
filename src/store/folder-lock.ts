import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CountersignError } from '../core/errors.ts';

export interface FolderLock {
  release(): void;
}

/** SQLite's result code for a lock that another connection holds. */
const SQLITE_BUSY = 5;
const POLL_MS = 100;

/**
 * Holds `folder` for one process at a time; undefined when `signal` fires first. The lock is
 * SQLite's own, on an empty database `lock` in the folder: the operating system lets go of it when
 * the process ends, however it ends, which no file with a process number in it can promise.
 * `onBusy` is called once where another process holds it. Throws `store-unavailable` where the folder
 * is not there or cannot be written.
 */
export async function lockFolder(
  folder: string,
  options: {
    readonly signal: AbortSignal;
    readonly sleep: (ms: number) => Promise<void>;
    readonly onBusy: () => void;
  },
): Promise<FolderLock | undefined> {
  let said = false;
  while (!options.signal.aborted) {
    const lock = tryLock(join(folder, 'lock'));
    if (lock !== undefined) return lock;
    if (!said) options.onBusy();
    said = true;
    await options.sleep(POLL_MS);
  }
  return undefined;
}

function tryLock(file: string): FolderLock | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return { release: () => held.close() };
  } catch (cause) {
    database?.close();
    if ((cause as { errcode?: unknown }).errcode === SQLITE_BUSY) return undefined;
    throw new CountersignError('store-unavailable', `cannot lock ${file}`, {
      hint: 'the folder must be there, and writable for this user',
      cause,
    });
  }
}
