/** Writes what fixes change into a repository on this machine: texts on disk, modes in the index. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, realpath, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import { createGitProcess } from './git-process.ts';
import { openInner, requireInnerFolder } from './inner-file.ts';
import { isWorkTree, listIndex, setIndexModes } from './work-tree.ts';

/** Paths with slashes, from the root. */
export interface RepositoryChange {
  readonly texts: readonly ChangedText[];
  readonly modes: ReadonlyMap<string, '100644' | '100755'>;
}

/** `before` is what was read; null for a file that is not there yet. */
export interface ChangedText {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

/**
 * Writes `change`. Each file is replaced at once and keeps its mode; nothing is written when one of
 * them is not what was read. Contents are not added to the index, modes are. Throws
 * `state-conflict` for a file that has changed or has appeared meanwhile, `not-found` for one that is
 * gone or behind a link, `source-unreachable` where git cannot write its index.
 */
export async function writeRepositoryChange(
  folder: string,
  change: RepositoryChange,
  deps: { readonly path: string },
): Promise<void> {
  const root = await realpath(folder);
  for (const text of change.texts) await requireUnchanged(root, text);
  for (const text of change.texts) {
    if (text.before === null) await createFile(root, text);
    else await replaceFile(root, text);
  }
  await writeModes(root, change.modes, deps.path);
}

async function requireUnchanged(root: string, { path, before }: ChangedText): Promise<void> {
  if (before === null) return;
  const file = await openInner(root, path);
  try {
    // bytes, so that what was no UTF-8 is not written back as something else
    if ((await file.readFile()).equals(Buffer.from(before, 'utf8'))) return;
  } finally {
    await file.close();
  }
  throw new CountersignError('state-conflict', `${path} is not what was read`, {
    hint: 'run it again; a file that is not UTF-8 has to be mended by hand',
  });
}

async function replaceFile(root: string, { path, after }: ChangedText): Promise<void> {
  const old = await openInner(root, path);
  const { mode } = await old.stat().finally(() => old.close());
  const draft = await writeDraft(root, path, after, mode & 0o7777);
  await rename(draft, join(root, path)).catch((error: unknown) => discard(draft, error));
}

async function createFile(root: string, { path, after }: ChangedText): Promise<void> {
  await makeFolders(root, path);
  const draft = await writeDraft(root, path, after, 0o644);
  await link(draft, join(root, path)).catch((cause: unknown) =>
    discard(
      draft,
      (cause as NodeJS.ErrnoException).code === 'EEXIST'
        ? new CountersignError('state-conflict', `${path} exists already, and is not replaced`, {
            hint: 'move it away first',
            cause,
          })
        : cause,
    ),
  );
  await unlink(draft);
}

/** One level at a time: `recursive` would go through a link. */
async function makeFolders(root: string, path: string): Promise<void> {
  const parts = dirname(path).split('/');
  for (const at of parts.keys()) {
    const folder = parts.slice(0, at + 1).join('/');
    if (folder === '.') continue;
    await mkdir(join(root, folder)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    await requireInnerFolder(root, `${folder}/file`);
  }
}

async function writeDraft(root: string, path: string, text: string, mode: number): Promise<string> {
  const draft = join(root, dirname(path), `.countersign-${randomUUID()}`);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.chmod(mode);
    await file.sync();
  } catch (error) {
    return await discard(draft, error);
  } finally {
    await file.close();
  }
  return draft;
}

async function discard(draft: string, error: unknown): Promise<never> {
  await unlink(draft).catch(() => undefined);
  throw error;
}

async function writeModes(
  root: string,
  modes: RepositoryChange['modes'],
  path: string,
): Promise<void> {
  if (modes.size === 0) return;
  if (await isWorkTree(root)) {
    const git = createGitProcess({ path });
    const index = await listIndex(git, root);
    const changed = index.flatMap((entry) => {
      const mode = modes.get(entry.path);
      // links and submodules have no mode to set
      return mode === undefined || !/^100/.test(entry.mode) ? [] : [{ ...entry, mode }];
    });
    await setIndexModes(git, root, changed);
  }
  // the disk too: else the next `git add` brings the old mode back
  for (const [file, mode] of modes) await chmodInner(root, file, mode === '100755');
}

/** A file that is only in the index, in a sparse checkout, has nothing on disk to change. */
async function chmodInner(root: string, path: string, executable: boolean): Promise<void> {
  const file = await openInner(root, path).catch((error: unknown) => {
    if (isCountersignError(error) && error.code === 'not-found') return null;
    throw error;
  });
  if (file === null) return;
  try {
    const { mode } = await file.stat();
    const now = mode & 0o777;
    await file.chmod(executable ? now | ((now & 0o444) >> 2) : now & ~0o111);
  } finally {
    await file.close();
  }
}
