/** A repository on this machine, as the posture audit is given it. */
import { type FileHandle, lstat, opendir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import { isReadByRules, mayBeScript, mustBeRead } from '../posture/read-path.ts';
import type { RepositoryFile } from '../posture/repository.ts';
import { createGitProcess, type GitProcess } from './git-process.ts';
import { type InnerFolders, openInner } from './inner-file.ts';
import { isWorkTree, listIndex, listUntracked } from './work-tree.ts';

/**
 * Files by path. `from`: where list and modes come from, the index of git (with the files beside it
 * that git does not ignore), or the disk. `gaps`: what rules would have read and could not be.
 */
export interface RepositoryReading {
  readonly files: readonly RepositoryFile[];
  readonly from: 'git' | 'folder';
  readonly gaps: readonly RepositoryGap[];
}

/** `reason` is one clause. */
export interface RepositoryGap {
  readonly path: string;
  readonly reason: string;
}

/** Bounds of one reading. Texts of rules are short; who has more of them hides something. */
const FILES_MAX = 200_000;
const TEXT_MAX_BYTES = 1024 * 1024;
const TEXTS_MAX = 5_000;
const TEXTS_MAX_BYTES = 64 * 1024 * 1024;
const SCRIPTS_MAX = 20_000;
const AT_ONCE = 32;

/** Not of the repository, where no index says what is. */
const LEFT_OUT = new Set(['.git', '.hg', '.svn', 'node_modules', '.venv', '__pycache__']);

interface FolderEntry {
  readonly name: string;
  isDirectory(): boolean;
}

interface Listed {
  readonly path: string;
  readonly mode: RepositoryFile['mode'];
}

/**
 * Reads the repository at `folder`: by its git index where it is the root of one, else by walking
 * the folder. Follows no link. `path` is the PATH that git is found in. Throws `not-found` where
 * there is no such folder, `source-unreachable` where git cannot read its repository,
 * `limit-exceeded` for too many files.
 */
export async function readRepositoryFiles(
  folder: string,
  deps: { readonly path: string },
): Promise<RepositoryReading> {
  const root = await realpath(folder).catch((cause: unknown) => {
    throw new CountersignError('not-found', `the folder ${folder} cannot be read`, { cause });
  });
  const gaps: RepositoryGap[] = [];
  const git = createGitProcess({ path: deps.path });
  const indexed = (await isWorkTree(root)) ? await listByGit(git, root, gaps) : null;
  const listed = indexed ?? (await listByWalk(root, gaps));
  if (listed.length > FILES_MAX) throw tooMany();
  const files = await readFiles(root, listed.toSorted(byPath), gaps);
  return { files, from: indexed === null ? 'folder' : 'git', gaps };
}

/** Null where there is no git to ask. */
async function listByGit(
  git: GitProcess,
  root: string,
  gaps: RepositoryGap[],
): Promise<readonly Listed[] | null> {
  try {
    const entries = (await listIndex(git, root)).map(({ path, mode }) => ({
      path,
      mode: knownMode(mode),
    }));
    return [...entries, ...(await listBeside(git, root, gaps))];
  } catch (error) {
    if (!isCountersignError(error) || error.code !== 'tool-missing') throw error;
    const reason = 'git could not be started: all files of the folder, with the modes of the disk';
    gaps.push({ path: '.', reason });
    return null;
  }
}

/** A workflow that was just written counts, although nobody has added it. */
async function listBeside(
  git: GitProcess,
  root: string,
  gaps: RepositoryGap[],
): Promise<readonly Listed[]> {
  const paths = await listUntracked(git, root).catch((error: unknown) => {
    if (!isCountersignError(error)) throw error;
    gaps.push({ path: '.', reason: `files that are not in the index: ${error.message}` });
    return [];
  });
  const found: Listed[] = [];
  for (const path of paths) {
    const mode = await diskMode(join(root, path));
    if (mode !== null) found.push({ path, mode });
  }
  return found;
}

async function listByWalk(root: string, gaps: RepositoryGap[]): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  const folders = [''];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    const entries = await openFolder(root, at, gaps);
    const inside: FolderEntry[] = [];
    for await (const entry of entries) {
      inside.push(entry);
      if (found.length + folders.length + inside.length > FILES_MAX) throw tooMany();
    }
    const isFolder = (entry: FolderEntry) => entry.isDirectory();
    for (const { name } of inside.filter(isFolder)) {
      if (!LEFT_OUT.has(name)) folders.push(`${at}${name}/`);
    }
    const others = inside.filter((entry) => !isFolder(entry));
    await inBatches(others, async ({ name }) => {
      const mode = await diskMode(join(root, at, name));
      if (mode !== null) found.push({ path: `${at}${name}`, mode });
    });
  }
  return found;
}

async function openFolder(root: string, at: string, gaps: RepositoryGap[]) {
  return opendir(join(root, at)).catch(() => {
    gaps.push({ path: at, reason: 'the folder cannot be listed' });
    return [];
  });
}

/** Null for what git would not keep: pipes, sockets, devices, and what is gone. */
async function diskMode(path: string): Promise<RepositoryFile['mode'] | null> {
  const status = await lstat(path).catch(() => null);
  if (status?.isSymbolicLink() === true) return '120000';
  if (status?.isFile() !== true) return null;
  return (status.mode & 0o100) === 0 ? '100644' : '100755';
}

function knownMode(mode: string): RepositoryFile['mode'] {
  if (mode === '100755' || mode === '120000' || mode === '160000') return mode;
  return '100644';
}

async function readFiles(
  root: string,
  listed: readonly Listed[],
  gaps: RepositoryGap[],
): Promise<readonly RepositoryFile[]> {
  const texts = await readTexts(root, listed, gaps);
  const shebangs = await readShebangs(root, listed, gaps);
  return listed.map((one): RepositoryFile => {
    const text = texts.get(one.path) ?? null;
    const hasShebang = shebangs.get(one.path) ?? text?.startsWith('#!') ?? null;
    return { ...one, text, hasShebang };
  });
}

async function readTexts(
  root: string,
  listed: readonly Listed[],
  gaps: RepositoryGap[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  let sizeBytes = 0;
  // what must be read comes first, so that nothing else uses up the bounds
  const wanted = listed.filter(({ path, mode }) => mode !== '160000' && isReadByRules(path));
  const isFirst = ({ path }: Listed) => mustBeRead(path);
  const inOrder = [...wanted.filter(isFirst), ...wanted.filter((one) => !isFirst(one))];
  for (const { path, mode } of inOrder) {
    // a link to another file of the repository: that one is read
    if (mode === '120000' && !mustBeRead(path)) continue;
    if (texts.size >= TEXTS_MAX || sizeBytes > TEXTS_MAX_BYTES) {
      gaps.push({ path, reason: 'too much was read before it' });
      continue;
    }
    try {
      const bytes = await readInner(root, path, TEXT_MAX_BYTES);
      sizeBytes += bytes.length;
      // a byte-order mark stays, so that places in the text are places in the file
      texts.set(path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    } catch (error) {
      // gone from the disk, or behind a link: no rule has to know what it says
      if (isGone(error) && !mustBeRead(path)) continue;
      gaps.push({ path, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return texts;
}

function isGone(error: unknown): boolean {
  return isCountersignError(error) && error.code === 'not-found';
}

async function readShebangs(
  root: string,
  listed: readonly Listed[],
  gaps: RepositoryGap[],
): Promise<ReadonlyMap<string, boolean>> {
  const found = new Map<string, boolean>();
  const candidates = listed.filter(
    ({ path, mode }) => mode === '100755' || (mode === '100644' && mayBeScript(path)),
  );
  if (candidates.length > SCRIPTS_MAX) {
    const reason = `of ${candidates.length} files that could be scripts ${SCRIPTS_MAX} were looked at`;
    gaps.push({ path: '.', reason });
  }
  const folders: InnerFolders = new Map();
  await inBatches(candidates.slice(0, SCRIPTS_MAX), async ({ path }) => {
    const head = await readHead(root, path, folders).catch(() => null);
    if (head !== null) found.set(path, head === '#!');
  });
  return found;
}

async function readHead(root: string, path: string, folders: InnerFolders): Promise<string> {
  return withInner(await openInner(root, path, folders), async (file) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1', 0, bytesRead);
  });
}

async function readInner(root: string, path: string, maxBytes: number): Promise<Buffer> {
  return withInner(await openInner(root, path), async (file) => {
    const { size } = await file.stat();
    if (size > maxBytes) {
      throw new CountersignError(
        'limit-exceeded',
        `${path} has ${size} bytes, at most ${maxBytes} are read`,
      );
    }
    // one more than it had: a file that grows meanwhile is cut, and does not fill the memory
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size + 1), 0, size + 1, 0);
    return buffer.subarray(0, Math.min(bytesRead, size));
  });
}

async function withInner<T>(file: FileHandle, work: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** A few at a time: all at once would take more handles than a process has. */
async function inBatches<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    await Promise.all(all.slice(from, from + AT_ONCE).map(work));
  }
}

function tooMany(): CountersignError {
  return new CountersignError('limit-exceeded', `the folder has more than ${FILES_MAX} files`, {
    hint: 'name the folder of the repository itself',
  });
}

function byPath(left: Listed, right: Listed): number {
  return left.path < right.path ? -1 : left.path > right.path ? 1 : 0;
}
