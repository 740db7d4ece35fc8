/**
 * A git repository on this machine with its working tree: what its index lists. The repository is
 * not trusted: its own settings, hooks and filters run nothing.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitProcess } from './git-process.ts';

/** A file of the index. */
export interface IndexEntry {
  readonly path: string;
  readonly mode: string;
  /** Id of the content. */
  readonly object: string;
}

const ASK_MS = 60_000;
const INDEX_MAX_BYTES = 64 * 1024 * 1024;
const UNTRACKED_MAX_BYTES = 4 * 1024 * 1024;

/** Whether `root` is the root of a working tree. */
export async function isWorkTree(root: string): Promise<boolean> {
  const status = await lstat(join(root, '.git')).catch(() => null);
  return status !== null;
}

/**
 * What the index holds, each path once; during a merge the side that is listed first. Throws
 * `source-unreachable`, `tool-missing`.
 */
export async function listIndex(git: GitProcess, root: string): Promise<readonly IndexEntry[]> {
  const answer = await git.read({
    ...placeOf(root),
    args: ['ls-files', '--stage', '-z'],
    timeoutMs: ASK_MS,
    maxBytes: INDEX_MAX_BYTES,
  });
  const entries = new Map<string, IndexEntry>();
  for (const line of answer.toString('utf8').split('\0')) {
    const [, mode = '', object = '', path = ''] =
      /^([0-7]{6}) ([0-9a-f]{40,64}) [0-3]\t(.+)$/s.exec(line) ?? [];
    if (isInside(path) && !entries.has(path)) entries.set(path, { path, mode, object });
  }
  return [...entries.values()];
}

/** Files of the working tree that are neither in the index nor ignored. Throws as `listIndex`. */
export async function listUntracked(git: GitProcess, root: string): Promise<readonly string[]> {
  const answer = await git.read({
    ...placeOf(root),
    args: ['ls-files', '--others', '--exclude-standard', '-z'],
    timeoutMs: ASK_MS,
    maxBytes: UNTRACKED_MAX_BYTES,
  });
  // a name that ends in a slash is another repository
  return answer
    .toString('utf8')
    .split('\0')
    .filter((path) => isInside(path) && !path.endsWith('/'));
}

/**
 * Sets modes in the index and nothing else: `update-index --chmod` would also take in what the file
 * says now, through filters that the repository chose. Throws as `listIndex`.
 */
export async function setIndexModes(
  git: GitProcess,
  root: string,
  entries: readonly IndexEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await git.read({
    ...placeOf(root),
    args: ['update-index', '-z', '--index-info'],
    stdin: entries.map(({ mode, object, path }) => `${mode} ${object}\t${path}\0`).join(''),
    timeoutMs: ASK_MS,
    maxBytes: 4096,
  });
}

function placeOf(root: string) {
  return { folder: join(root, '.git'), workTree: root };
}

/** An index can be made by hand: what it names must stay in the working tree and out of `.git`. */
function isInside(path: string): boolean {
  if (path === '' || path.startsWith('/')) return false;
  return path.split('/').every((part) => part !== '..' && part !== '.' && !/^\.git$/i.test(part));
}
