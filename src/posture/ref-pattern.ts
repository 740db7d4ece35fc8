/**
 * Patterns of refs in rulesets: those of Ruby's `File.fnmatch` with `FNM_PATHNAME` (docs.github.com,
 * "Creating rulesets for a repository", "Using fnmatch syntax"), and which tags a workflow's filter
 * lets in, by example.
 */
import type { RefRuleset } from './settings.ts';

interface One {
  readonly kind: 'one';
  readonly accepts: (character: string) => boolean;
}

interface Run {
  readonly kind: 'run';
  readonly crossesFolders: boolean;
}

type Piece = One | Run;

/** Whether an active ruleset holds for `ref`, such as `refs/tags/v1.0.0`. */
export function holdsFor(ruleset: RefRuleset, ref: string, isDefaultBranch = false): boolean {
  if (ruleset.enforcement !== 'active') return false;
  const covers = (pattern: string): boolean =>
    pattern === '~ALL' ||
    (pattern === '~DEFAULT_BRANCH' && isDefaultBranch) ||
    matchesRef(pattern, ref);
  return ruleset.include.some(covers) && !ruleset.exclude.some(covers);
}

/** Time is the product of both lengths, whatever the pattern says. */
export function matchesRef(pattern: string, ref: string): boolean {
  let reached: ReadonlySet<number> = new Set([0]);
  for (const piece of readPattern(pattern)) {
    reached = new Set(
      piece.kind === 'one' ? steps(piece, reached, ref) : runs(piece, reached, ref),
    );
  }
  return reached.has(ref.length);
}

function* steps(piece: One, reached: ReadonlySet<number>, ref: string): Generator<number> {
  for (const at of reached) {
    const character = ref[at];
    if (character !== undefined && piece.accepts(character)) yield at + 1;
  }
}

function* runs(piece: Run, reached: ReadonlySet<number>, ref: string): Generator<number> {
  const done = new Set<number>();
  for (const start of reached) {
    for (let at = start; at <= ref.length && !done.has(at); at += 1) {
      done.add(at);
      yield at;
      if (ref[at] === '/' && !piece.crossesFolders) break;
    }
  }
}

/** `**` and a slash behind it also stand for no folder at all. */
const PIECES = /\*\*\/?|\*|\?|\[[!^]?[^\]]+\]|\\[\s\S]|[\s\S]/g;

function readPattern(pattern: string): readonly Piece[] {
  return (pattern.match(PIECES) ?? []).map((text): Piece => {
    if (text.startsWith('*')) return { kind: 'run', crossesFolders: text.length > 1 };
    if (text === '?') return { kind: 'one', accepts: (one) => one !== '/' };
    if (text.length > 2) return { kind: 'one', accepts: readSet(text.slice(1, -1)) };
    const literal = text.slice(-1);
    return { kind: 'one', accepts: (one) => one === literal };
  });
}

function readSet(text: string): (character: string) => boolean {
  const negated = text.startsWith('^') || text.startsWith('!');
  const members = negated ? text.slice(1) : text;
  return (character) => character !== '/' && isMember(members, character) !== negated;
}

function isMember(members: string, character: string): boolean {
  for (let at = 0; at < members.length; at += 1) {
    const first = members.charAt(at);
    const isRange = members.charAt(at + 1) === '-' && at + 2 < members.length;
    const last = isRange ? members.charAt(at + 2) : first;
    if (first <= character && character <= last) return true;
    if (isRange) at += 2;
  }
  return false;
}

/**
 * A tag that a filter of `on.push.tags` lets in; null for one that only excludes. Source: GitHub
 * documentation, "Filter pattern cheat sheet".
 */
export function sampleTag(filter: string): string | null {
  if (filter.startsWith('!')) return null;
  const sample = filter
    .slice(0, 256)
    .replaceAll(/\[([^\]]*)\]/g, (_, set: string) => (/[0-9]/.test(set) ? '1' : set.charAt(0)))
    .replaceAll(/(?<!^)[+?]/g, '')
    .replaceAll(/(?<=1)\*/g, '')
    .replace(/\*+/, '1.2.3')
    .replaceAll('*', '1')
    .replaceAll('\\', '');
  return sample === '' ? null : sample;
}
