/** Runs secret rules over the bytes of one file. */
import type { Confidence } from '../core/finding.ts';
import { createKeywordIndex, type KeywordHit } from './keyword-index.ts';
import type { SecretMatch, SecretRule } from './rule.ts';
import { createPlaceFinder, type Place, textAt } from './text-window.ts';

/** Characters on each side of a match that a rule may look at. */
const CONTEXT_LENGTH = 256;

/** Characters that a pattern sees at least, even across the next place of its keyword. */
const LEAST_WINDOW = 128;

/** Matches of one rule in one file that are told one by one; the rest is counted. */
export const MATCHES_PER_FILE = 50;

/** Characters of a secret that are shown after its public prefix. */
const SHOWN_LENGTH = 4;

/** A secret that was found. `message` does not give it away. */
interface SecretHit extends Place {
  readonly rule: SecretRule;
  readonly confidence: Confidence;
  readonly message: string;
}

/** What one file held: `more` counts what is above MATCHES_PER_FILE, by rule and confidence;
 * `failed` are rules that threw. */
export interface SecretScan {
  readonly hits: readonly SecretHit[];
  readonly more: readonly {
    readonly rule: SecretRule;
    readonly confidence: Confidence;
    readonly count: number;
  }[];
  readonly failed: readonly { readonly rule: SecretRule; readonly error: unknown }[];
}

interface Located {
  readonly offset: number;
  readonly width: 1 | 2;
  readonly confidence: Confidence;
  readonly message: string;
}

/** A scanner for these rules; building it costs, using it is one pass over the bytes. */
export function createSecretScanner(
  rules: readonly SecretRule[],
): (content: Uint8Array) => SecretScan {
  const index = createKeywordIndex(rules.flatMap((rule) => rule.keywords));
  const byKeyword = Map.groupBy(
    rules.flatMap((rule) => rule.keywords.map((keyword) => ({ keyword, rule }))),
    ({ keyword }) => keyword,
  );
  return (bytes) => {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const runs = new Map<SecretRule, Run>();
    for (const hit of index.hits(content)) {
      for (const { rule } of byKeyword.get(hit.keyword) ?? []) {
        const run = runs.get(rule) ?? { rule, located: [], counts: new Map(), failure: null };
        runs.set(rule, run);
        tryAt(run, content, hit);
      }
    }
    return summarize(content, [...runs.values()]);
  };
}

/** One rule on one file. */
interface Run {
  readonly rule: SecretRule;
  readonly located: Located[];
  readonly counts: Map<Confidence, number>;
  failure: { readonly error: unknown } | null;
}

function tryAt(run: Run, content: Buffer, hit: KeywordHit): void {
  if (run.failure !== null) return;
  try {
    const found = matchAt(run.rule, content, hit);
    if (found !== null) keep(run, found);
  } catch (error) {
    run.failure = { error };
  }
}

/** Keeps the first MATCHES_PER_FILE of each confidence, so that no flood hides the worst. */
function keep(run: Run, located: Located): void {
  const count = (run.counts.get(located.confidence) ?? 0) + 1;
  run.counts.set(located.confidence, count);
  if (count <= MATCHES_PER_FILE) run.located.push(located);
}

function matchAt(rule: SecretRule, content: Buffer, hit: KeywordHit): Located | null {
  const { offset, width, until } = hit;
  // No window reaches far over the next place of its keyword: a file of nothing but keywords then
  // costs its length, not its length times the reach.
  const untilNext = Math.max(LEAST_WINDOW, Math.floor((until - offset) / width));
  const window = textAt(content, offset, width, Math.min(rule.reach, untilNext));
  rule.pattern.lastIndex = 0;
  const found = rule.pattern.exec(window);
  if (found === null) return null;
  const text = found[0];
  const match: SecretMatch = {
    text,
    groups: found.groups ?? {},
    before: textAt(content, offset, width, -CONTEXT_LENGTH),
    after: textAt(content, offset + text.length * width, width, CONTEXT_LENGTH),
  };
  const answer = rule.verify(match);
  if (answer === null) return null;
  const message = `${rule.title} ${describe(match)}: ${answer.reason}`;
  return { offset, width, confidence: answer.confidence, message };
}

/** `prefix` as a rule shows it, then at most four characters, then only the length. */
function describe({ text, groups }: SecretMatch): string {
  const prefix = groups['prefix'] ?? '';
  const shown = text.slice(0, prefix.length + SHOWN_LENGTH).replace(/[^\x20-\x7e]/g, '?');
  return `${shown}... (${text.length} characters)`;
}

function summarize(content: Buffer, runs: readonly Run[]): SecretScan {
  const located = runs
    .flatMap(({ rule, located: found }) => found.map((one) => ({ rule, ...one })))
    .sort((left, right) => left.offset - right.offset);
  const placeOf = createPlaceFinder(content);
  return {
    hits: located.map(({ rule, offset, width, confidence, message }) => ({
      rule,
      confidence,
      message,
      ...placeOf(offset, width),
    })),
    more: runs.flatMap((run) =>
      [...run.counts]
        .filter(([, count]) => count > MATCHES_PER_FILE)
        .map(([confidence, count]) => ({
          rule: run.rule,
          confidence,
          count: count - MATCHES_PER_FILE,
        })),
    ),
    failed: runs.flatMap(({ rule, failure }) =>
      failure === null ? [] : [{ rule, error: failure.error }],
    ),
  };
}
