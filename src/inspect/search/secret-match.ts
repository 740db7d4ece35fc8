/** One secret rule at one place of a keyword. */
import type { Confidence } from '../../core/finding.ts';
import { unlessPublished } from '../look-alikes/published-sample.ts';
import type { SecretMatch, SecretPatternMatch, SecretRule } from '../rule.ts';
import { packedLength } from '../secret-format/packed-string.ts';
import { decodeEscapes } from './decode/escaped-text.ts';
import { textAt } from './text-window.ts';

/** Characters on each side of a match that a rule may look at. */
const CONTEXT_LENGTH = 256;

/** Characters before a match that tell whether it stands in a manual. */
const PASSAGE_LENGTH = 32_768;

/** Characters that a pattern sees at least, even across the next place of its keyword. */
const LEAST_WINDOW = 128;

/** Characters of a secret that are shown after its public prefix. */
const SHOWN_LENGTH = 4;

/** Escapes inside of escapes that are read, as in JSON in a string of a program. */
const ESCAPE_DEPTH = 2;

/** A place of a keyword, as the index tells it. */
export interface KeywordPlace {
  readonly offset: number;
  readonly width: 1 | 2;
  readonly until: number;
}

/** What the rule found; strings are copies, which keep no file alive. */
export interface FoundSecret {
  readonly confidence: Confidence;
  /** What may be told of the secret: its title, prefix, four characters and length. */
  readonly shown: string;
  readonly reason: string;
  /** Characters; of the text that was escaped, without escapes. */
  readonly length: number;
  /** Characters before the secret itself: its name, where the name makes it one. */
  readonly nameLength: number;
  /** Its form is not the one that the rule knows. */
  readonly isLoose: boolean;
  /** The pattern fits only when string escapes are read. */
  readonly escaped: boolean;
}

/** The last so many characters that stand before a text in the file that it was decoded from. */
export type TextBefore = (length: number) => string;

/**
 * What `rule` finds at `place`, as it stands or else with string escapes read; null when nothing.
 * What the rule throws passes through. `earlier` is there where `content` was decoded.
 */
export function matchSecret(
  rule: SecretRule,
  content: Buffer,
  place: KeywordPlace,
  earlier: TextBefore | null = null,
): FoundSecret | null {
  const { offset, width, until } = place;
  // No window reaches far over the next place of its keyword: a file of nothing but keywords then
  // costs its length, not its length times the reach.
  const untilNext = Math.max(LEAST_WINDOW, Math.floor((until - offset) / width));
  const limit = Math.min(rule.reach, untilNext);
  const window = textAt(content, offset, width, limit);
  const passage = () => passageBefore(textAt(content, offset, width, -PASSAGE_LENGTH), earlier);
  const before = () => textAt(content, offset, width, -CONTEXT_LENGTH);
  const packed = width === 1 ? matchPacked(rule, window, packedLength(content, offset)) : null;
  if (packed !== null) return packed;
  const match = matchAt(rule, window);
  const found =
    match &&
    judge(rule, match, {
      before,
      after: (length) => textAt(content, offset + length * width, width, CONTEXT_LENGTH),
      passage,
    });
  if (found !== null && found.confidence !== 'weak') return { ...found, escaped: false };
  const joined = matchJoined(rule, window, { before, passage });
  if (joined !== null) return joined;
  if (found !== null) return { ...found, escaped: false };
  return matchEscaped(rule, content, place, { window, limit, passage });
}

/** A match that is the whole of a string whose length stands before it: what is around it is no
 * text. */
function matchPacked(rule: SecretRule, window: string, length: number | null): FoundSecret | null {
  if (length === null || length > window.length) return null;
  const match = matchAt(rule, window.slice(0, length));
  if (match?.[0].length !== length) return null;
  const found = judge(rule, match, {
    before: () => '',
    after: () => '',
    passage: () => ({ text: '', isWhole: false }),
  });
  return found && { ...found, escaped: false };
}

/** Between two parts of one string: an operator, or the end of a line alone, as Python and C leave it
 * out; and in shells and Dockerfiles a line that goes on. */
const JOINT =
  /(["'`])[ \t]{0,8}(?:(?:\r?\n[ \t]{0,40})?(?:\+|\.{1,2}|<>)[ \t]{0,8}(?:\r?\n[ \t]{0,40})?|\r?\n[ \t]{0,40})\1|\\\r?\n[ \t]{0,8}/;
const JOINTS = new RegExp(JOINT, 'g');

/** A string that is written in several parts, put together; nothing that is but noted. */
function matchJoined(
  rule: SecretRule,
  window: string,
  around: Pick<Surroundings, 'before' | 'passage'>,
): FoundSecret | null {
  if (rule.pattern.isNear === false || !JOINT.test(window)) return null;
  const plain = window.replace(JOINTS, '');
  const match = matchAt(rule, plain);
  if (match === null) return null;
  const after = (length: number) => plain.slice(length, length + CONTEXT_LENGTH);
  const found = judge(rule, match, { ...around, after });
  if (found === null || found.confidence === 'weak') return null;
  return { ...found, reason: `${found.reason}; it is put together from strings`, escaped: false };
}

/** What a pattern sees, its size, and what stands before it. */
interface EscapedWindow extends Pick<Surroundings, 'passage'> {
  readonly window: string;
  readonly limit: number;
}

/** The same with string escapes read, once or twice. */
function matchEscaped(
  rule: SecretRule,
  content: Buffer,
  { offset, width }: KeywordPlace,
  { window, limit, passage }: EscapedWindow,
): FoundSecret | null {
  let plain = window;
  for (let depth = 1; depth <= ESCAPE_DEPTH && plain.includes('\\'); depth += 1) {
    plain = decodeEscapes(plain);
    // the text around is decoded only for the few places where the pattern fits
    const around = (length: number) => decodeTimes(textAt(content, offset, width, length), depth);
    const match = matchAt(rule, plain);
    if (match === null) continue;
    const found = judge(rule, match, {
      before: () => around(-CONTEXT_LENGTH),
      after: (length) => around(limit + CONTEXT_LENGTH).slice(length, length + CONTEXT_LENGTH),
      // as it stands: ends of lines are known as escapes too
      passage,
    });
    if (found !== null) return { ...found, escaped: true };
  }
  return null;
}

/** The text before a place, with what stands before it where all of it was decoded. */
function passageBefore(
  inner: string,
  earlier: TextBefore | null,
): ReturnType<SecretMatch['passage']> {
  const text = `${earlier?.(PASSAGE_LENGTH - inner.length) ?? ''}${inner}`;
  return { text, isWhole: text.length < PASSAGE_LENGTH };
}

function decodeTimes(text: string, times: number): string {
  return times === 0 ? text : decodeTimes(decodeEscapes(text), times - 1);
}

/** The match at the begin of `window`; null where there is none, as nearly everywhere. */
function matchAt({ pattern }: SecretRule, window: string): SecretPatternMatch | null {
  pattern.lastIndex = 0;
  return pattern.exec(window);
}

/** What stands around a match. */
interface Surroundings {
  before(): string;
  after(length: number): string;
  passage: SecretMatch['passage'];
}

function judge(
  rule: SecretRule,
  found: SecretPatternMatch,
  around: Surroundings,
): Omit<FoundSecret, 'escaped'> | null {
  const text = found[0];
  const match: SecretMatch = {
    text,
    groups: found.groups ?? {},
    before: around.before(),
    after: around.after(text.length),
    passage: around.passage,
  };
  const answer = rule.verify(match);
  if (answer === null) return null;
  const { confidence, reason } = unlessPublished(answer, match);
  const { name, prefix = '', loose } = match.groups;
  const nameLength = name === undefined ? 0 : prefix.length;
  const isLoose = loose !== undefined;
  return {
    confidence,
    shown: describe(rule, match),
    reason,
    length: text.length,
    nameLength,
    isLoose,
  };
}

/** `prefix` as a rule shows it, then at most four characters of its line, then only the length. */
function describe({ title }: SecretRule, { text, groups }: SecretMatch): string {
  const prefix = groups['prefix'] ?? '';
  const [firstLine = ''] = text.slice(0, prefix.length + SHOWN_LENGTH).split(/[\r\n]/, 1);
  const shown = firstLine.replace(/[^\x20-\x7e]/g, '?');
  const told = `${title} ${shown}... (${text.length} characters)`;
  // through bytes, because V8 makes slices that keep the whole window
  return Buffer.from(told, 'utf8').toString('utf8');
}
