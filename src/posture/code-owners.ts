/** CODEOWNERS of GitHub and GitLab: who is asked about a file (docs.github.com, "About code owners"). */
import { matchesRef } from './ref-pattern.ts';

/** Where forges look, in the order in which the first one counts. */
export const OWNERS_PATHS = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  '.gitlab/CODEOWNERS',
] as const;

const LINES_MAX = 5_000;

/**
 * The owners of a path by the text of a CODEOWNERS file; empty for nobody. The last line that fits
 * counts, also when it names nobody.
 */
export function codeOwners(text: string): (path: string) => readonly string[] {
  const lines = text
    .split('\n', LINES_MAX)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    // sections of GitLab
    .filter((line) => line !== '' && !/^\^?\[/.test(line))
    .map((line) => {
      const [pattern = '', ...owners] = line.split(/\s+/);
      return { globs: globsOf(pattern), owners };
    })
    .reverse();
  return (path) =>
    lines.find(({ globs }) => globs.some((glob) => matchesRef(glob, path)))?.owners ?? [];
}

/** A pattern without a slash in it fits at any depth; a folder is all that is in it. */
function globsOf(pattern: string): readonly string[] {
  const own = pattern.replace(/^\//, '');
  const isAnchored = pattern.startsWith('/') || own.slice(0, -1).includes('/');
  const glob = isAnchored ? own : `**/${own}`;
  if (glob.endsWith('/')) return [`${glob}**`];
  // the files of the folder and not those further down
  if (isAnchored && glob.endsWith('/*')) return [glob];
  return [glob, `${glob}/**`];
}
