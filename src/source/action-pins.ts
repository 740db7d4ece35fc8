/** Which commits the tags and branches of actions name now, asked of their forge by git. */
import semver from 'semver';
import { isCountersignError } from '../core/errors.ts';
import type { PinLookup } from '../posture/repository.ts';
import { isCommit } from '../posture/uses-reference.ts';
import { createGitProcess } from './git-process.ts';

/** `forge`: where repositories are, such as `https://github.com`; no trailing slash. */
export interface PinDeps {
  readonly forge: string;
  readonly path: string;
  /** Told of each repository before it is asked. */
  readonly onRepository: (repository: string) => void;
}

/** `missing`: repositories that could not be asked, and why. */
export interface FoundPins {
  readonly pins: PinLookup;
  readonly missing: readonly { readonly repository: string; readonly reason: string }[];
}

const ANSWER_MAX_BYTES = 16 * 1024 * 1024;
const WITHIN_MS = 30_000;
const AT_ONCE = 4;
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/;

/**
 * Asks for every repository (`owner/name`) once. What is no such name, and what cannot be asked,
 * has no pins. No token is sent: private actions stay unknown.
 */
export async function findPins(
  repositories: readonly string[],
  { forge, path, onRepository }: PinDeps,
): Promise<FoundPins> {
  const git = createGitProcess({ path });
  const refs = new Map<string, ReadonlyMap<string, string>>();
  const missing: { repository: string; reason: string }[] = [];
  const wanted = [...new Set(repositories)].filter(
    (one) => REPOSITORY.test(one) && !one.includes('..'),
  );
  const ask = async (repository: string): Promise<void> => {
    onRepository(repository);
    try {
      const answer = await git.read({
        folder: null,
        args: ['ls-remote', '--', `${forge}/${repository}`],
        timeoutMs: WITHIN_MS,
        maxBytes: ANSWER_MAX_BYTES,
      });
      refs.set(repository.toLowerCase(), parseRefs(answer.toString('utf8')));
    } catch (error) {
      if (!isCountersignError(error)) throw error;
      missing.push({ repository, reason: error.message });
    }
  };
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    await Promise.all(wanted.slice(at, at + AT_ONCE).map(ask));
  }
  return { pins: createPinLookup(refs), missing };
}

/** Lookup over refs by repository in lower case, each from full ref to commit. */
function createPinLookup(refs: ReadonlyMap<string, ReadonlyMap<string, string>>): PinLookup {
  return {
    resolve(repository, ref) {
      const known = refs.get(repository.toLowerCase());
      if (known === undefined) return null;
      if (isCommit(ref)) {
        const tag = exactTag(known, ref.toLowerCase());
        return tag === null ? null : { commit: ref, tag };
      }
      const commit = known.get(`refs/tags/${ref}`) ?? known.get(`refs/heads/${ref}`);
      if (commit === undefined) return null;
      return { commit, tag: exactTag(known, commit) ?? ref };
    },
  };
}

/** Lines of `git ls-remote`; an annotated tag's own object gives way to the commit behind it. */
export function parseRefs(answer: string): ReadonlyMap<string, string> {
  const refs = new Map<string, string>();
  for (const line of answer.split('\n')) {
    const [commit = '', ref = ''] = line.split('\t');
    if (!isCommit(commit) || !ref.startsWith('refs/')) continue;
    // the peeled line comes after the tag's own
    refs.set(ref.replace(/\^\{\}$/, ''), commit);
  }
  return refs;
}

/** `v4.2.2` rather than `v4`, where both are the same commit. */
function exactTag(refs: ReadonlyMap<string, string>, commit: string): string | null {
  const tags = [...refs].flatMap(([ref, named]) =>
    named === commit && ref.startsWith('refs/tags/') ? [ref.slice('refs/tags/'.length)] : [],
  );
  const versions = tags.filter((tag) => semver.valid(tag) !== null);
  return versions.toSorted(semver.rcompare)[0] ?? null;
}
