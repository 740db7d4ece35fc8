/**
 * A bare copy of what releases need of a remote: the tag and the protected branches. It is a cache:
 * what is wrong with it is mended by making it anew. Nothing is ever sent to the remote.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError } from '../core/errors.ts';
import { isObjectId, isRefName } from '../core/git-names.ts';
import { matchesTagFilter } from '../core/tag-filter.ts';
import type { SourceQuestion, SourceResolution, TagTarget } from '../gateway/ports.ts';
import type { GitProcess } from './git-process.ts';

/** Bounds of a mirror. */
export interface MirrorLimits {
  /** The first copy of a large repository takes a while. */
  readonly fetchMs: number;
  readonly askMs: number;
  readonly folderBytes: number;
  /** Protected branches that are looked at. */
  readonly branches: number;
}

const DEFAULT_MIRROR_LIMITS: MirrorLimits = {
  fetchMs: 600_000,
  askMs: 30_000,
  folderBytes: 4 * 1024 ** 3,
  branches: 50,
};

const REFS_MAX_BYTES = 32 * 1024 * 1024;

export interface GitMirror {
  /** What the tag points at on the remote, now; null where there is none. Downloads nothing. */
  tagAt(url: string, tag: string): Promise<TagTarget | null>;
  /** Branches that the patterns fit, on the remote, now. */
  branchesAt(url: string, patterns: readonly string[]): Promise<readonly string[]>;
  /** Fetches, then says what tag and commit are and which protected branches reach the commit. */
  resolve(question: SourceQuestion): Promise<SourceResolution>;
  /** The folder of the copy, for reading objects. */
  folderOf(url: string): string;
}

/** `folder` holds one repository for each remote. All throw `source-unreachable`. */
export function createGitMirror(deps: {
  readonly git: GitProcess;
  readonly folder: string;
  readonly limits?: MirrorLimits;
}): GitMirror {
  const limits = deps.limits ?? DEFAULT_MIRROR_LIMITS;
  const { git } = deps;
  const turns = new Map<string, Promise<unknown>>();
  const folderOf = (url: string) =>
    join(deps.folder, `${createHash('sha256').update(url).digest('hex').slice(0, 32)}.git`);

  /** One fetch at a time into one folder. */
  function inTurn<T>(url: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(url) ?? Promise.resolve()).then(work, work);
    turns.set(
      url,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async function listRefs(url: string, patterns: readonly string[]) {
    const answer = await git.read({
      folder: null,
      args: ['ls-remote', '--quiet', '--', url, ...patterns],
      timeoutMs: limits.askMs,
      maxBytes: REFS_MAX_BYTES,
    });
    return parseRefs(answer.toString('latin1'));
  }

  async function tagAt(url: string, tag: string): Promise<TagTarget | null> {
    requireTagName(tag);
    const refs = await listRefs(url, [`refs/tags/${tag}`, `refs/tags/${tag}^{}`]);
    return targetOf(refs, tag);
  }

  async function fetchInto(folder: string, url: string, refs: readonly string[]): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await git.read({
      folder,
      args: ['init', '--quiet', '--bare', '--template=', '--', folder],
      timeoutMs: limits.askMs,
      maxBytes: 4096,
    });
    if (refs.length === 0) return;
    await git.read({
      folder,
      args: [
        ...['fetch', '--quiet', '--force', '--no-tags', '--no-recurse-submodules'],
        ...['--no-write-fetch-head', '--no-auto-maintenance', '--', url],
        ...refs.map((ref) => `+${ref}:${ref}`),
      ],
      timeoutMs: limits.fetchMs,
      maxBytes: 4096,
      watch: async () => {
        const sizeBytes = await sizeOf(folder);
        return sizeBytes <= limits.folderBytes
          ? null
          : `wrote ${sizeBytes} bytes, at most ${limits.folderBytes} are kept of a repository`;
      },
    });
  }

  async function resolve(question: SourceQuestion): Promise<SourceResolution> {
    const { mirror: url, tag, commit } = question;
    requireTagName(tag);
    if (commit !== null) requireCommitId(commit);
    const refs = await listRefs(url, [`refs/tags/${tag}`, `refs/tags/${tag}^{}`, 'refs/heads/*']);
    const protectedBranches = branchesOf(refs, question.branches);
    if (protectedBranches.length > limits.branches) {
      throw unfit(
        `the patterns of protected branches match ${protectedBranches.length} branches, at most ${limits.branches} are looked at`,
      );
    }
    const hasTag = targetOf(refs, tag) !== null;
    const wanted = [
      ...(hasTag ? [`refs/tags/${tag}`] : []),
      ...protectedBranches.map((branch) => `refs/heads/${branch}`),
    ];
    const folder = folderOf(url);
    await refresh(folder, url, wanted);
    const found = hasTag ? await targetIn(folder, tag) : null;
    const subject = commit ?? found?.commit ?? null;
    const reachedFrom =
      subject === null ? [] : await branchesReaching(folder, subject, protectedBranches);
    return { tag: found, commit: subject, protectedBranches, reachedFrom };
  }

  async function refresh(folder: string, url: string, wanted: readonly string[]): Promise<void> {
    await fetchInto(folder, url, wanted).catch(async () => {
      // a lock or half a pack of a process that was killed: the copy is made anew, once
      await rm(folder, { recursive: true, force: true });
      await fetchInto(folder, url, wanted);
    });
  }

  async function branchesReaching(
    folder: string,
    commit: string,
    branches: readonly string[],
  ): Promise<readonly string[]> {
    if (!(await hasCommit(folder, commit))) return [];
    const found: string[] = [];
    for (const branch of branches) {
      if (await isAncestor(folder, commit, `refs/heads/${branch}`)) found.push(branch);
    }
    return found;
  }

  /** As fetched: the remote may have changed since it listed its refs. */
  async function targetIn(folder: string, tag: string): Promise<TagTarget> {
    const answer = await git.read({
      folder,
      args: [...['rev-parse', '--verify', '--quiet', '--end-of-options'], ...[`refs/tags/${tag}`]],
      timeoutMs: limits.askMs,
      maxBytes: 4096,
    });
    const peeled = await git.read({
      folder,
      args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `refs/tags/${tag}^{commit}`],
      timeoutMs: limits.askMs,
      maxBytes: 4096,
    });
    return { object: idOf(answer), commit: idOf(peeled) };
  }

  async function hasCommit(folder: string, commit: string): Promise<boolean> {
    const answer = await git.read({
      folder,
      args: ['cat-file', '--batch-check=%(objecttype)'],
      stdin: `${commit}\n`,
      timeoutMs: limits.askMs,
      maxBytes: 4096,
    });
    return answer.toString('latin1').trim() === 'commit';
  }

  function isAncestor(folder: string, commit: string, ref: string): Promise<boolean> {
    return git.ask({
      folder,
      args: ['merge-base', '--is-ancestor', commit, ref],
      timeoutMs: limits.askMs,
    });
  }

  return {
    folderOf,
    tagAt,
    branchesAt: async (url, patterns) =>
      branchesOf(await listRefs(url, ['refs/heads/*']), patterns),
    resolve: (question) => inTurn(question.mirror, () => resolve(question)),
  };
}

/** Lines of `ls-remote`; what is no ref of an ordinary name is left out. */
function parseRefs(answer: string): ReadonlyMap<string, string> {
  const refs = new Map<string, string>();
  for (const line of answer.split('\n')) {
    const [id = '', ref = ''] = line.split('\t');
    if (isObjectId(id) && ref.startsWith('refs/')) refs.set(ref, id);
  }
  return refs;
}

/** By exact names: a pattern of git also matches the end of a longer ref. */
function targetOf(refs: ReadonlyMap<string, string>, tag: string): TagTarget | null {
  const object = refs.get(`refs/tags/${tag}`);
  if (object === undefined) return null;
  return { object, commit: refs.get(`refs/tags/${tag}^{}`) ?? object };
}

function branchesOf(refs: ReadonlyMap<string, string>, patterns: readonly string[]): string[] {
  return [...refs.keys()]
    .flatMap((ref) => (ref.startsWith('refs/heads/') ? [ref.slice('refs/heads/'.length)] : []))
    .filter((branch) => isRefName(branch) && matchesTagFilter(patterns, branch))
    .sort();
}

function idOf(answer: Buffer): string {
  const id = answer.toString('latin1').trim();
  requireCommitId(id);
  return id;
}

function requireCommitId(id: string): void {
  if (!isObjectId(id)) throw unfit('expected a full object id of 40 or 64 hexadecimal digits');
}

function requireTagName(tag: string): void {
  if (!isRefName(tag)) throw unfit('expected a tag that git takes as the name of a ref');
}

function unfit(message: string): CountersignError {
  return new CountersignError('source-unreachable', message, {
    hint: 'choose another tag, or other patterns in source.branches',
  });
}

/** Bytes of the files below a folder; what vanishes meanwhile counts nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let sizeBytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    sizeBytes += await stat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return sizeBytes;
}
