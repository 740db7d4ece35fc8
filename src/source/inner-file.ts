/** Files within a folder that strangers write to: no link leads out of it, nothing waits for a pipe. */
import { constants, type FileHandle, open, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CountersignError } from '../core/errors.ts';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** Folders that one reading has looked at already, by path. */
export type InnerFolders = Map<string, Promise<void>>;

/**
 * Opens the regular file at `path`, with slashes, in `root`, which is a real path. `folders` spares
 * whoever reads many files the question after each folder. Throws `not-found` for everything that is
 * none or stands behind a link.
 */
export async function openInner(
  root: string,
  path: string,
  folders: InnerFolders = new Map(),
): Promise<FileHandle> {
  const folder = dirname(path);
  const looked = folders.get(folder) ?? requireInnerFolder(root, path);
  folders.set(folder, looked);
  await looked;
  const file = await open(join(root, path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(
    (cause: unknown) => {
      const { code } = cause as NodeJS.ErrnoException;
      throw refusal(path, code === 'ELOOP' ? 'is a link' : 'cannot be opened', cause);
    },
  );
  const status = await file.stat().catch(() => null);
  if (status?.isFile() === true) return file;
  await file.close();
  throw refusal(path, 'is no regular file');
}

/** Throws `not-found` where the folder of `path` is missing or stands behind a link. */
export async function requireInnerFolder(root: string, path: string): Promise<void> {
  const folder = join(root, dirname(path));
  const real = await realpath(folder).catch((cause: unknown) => {
    throw refusal(path, 'stands in a folder that is not there', cause);
  });
  if (real !== folder) throw refusal(path, 'stands behind a link');
}

function refusal(path: string, problem: string, cause?: unknown): CountersignError {
  return new CountersignError('not-found', `${path} ${problem}`, {
    hint: 'files of a repository are read where they stand in it, through no link',
    cause,
  });
}
