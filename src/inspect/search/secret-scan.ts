/** Runs secret rules over the bytes of one file, and over the texts that are encoded in it. */
import { CONFIDENCES, type Confidence } from '../../core/finding.ts';
import type { SecretRule } from '../rule.ts';
import { isGlued } from '../secret-format/token-checksum.ts';
import { bytesInVain, INFLATED_BYTES, inflateText } from './decode/compressed-text.ts';
import { createRunDecoder, type Decoded } from './decode/encoded-run.ts';
import { createEscapeDecoder } from './decode/escaped-text.ts';
import { createSpellingDecoder, SPELLING_SIGNS } from './decode/spelled-text.ts';
import { narrowText } from './decode/wide-text.ts';
import { createKeywordIndex } from './keyword-index.ts';
import { ANY_UNSEEN } from './prefilter/unseen.ts';
import {
  type FoundSecret,
  type KeywordPlace,
  matchSecret,
  type TextBefore,
} from './secret-match.ts';
import { type Claim, keepMostSpecific } from './secret-precedence.ts';
import { createPlaceFinder, type Place, textAt } from './text-window.ts';

/** Matches of one rule in one file that are told one by one; the rest is counted. */
export const MATCHES_PER_FILE = 50;

/** Encodings inside of encodings that are decoded. */
export const DECODING_DEPTH = 4;

/** Bytes that are decoded for each byte of the file; honest files take far less than one. */
const DECODED_SHARE = 2;
/** What may always be decoded, so that small files may be decoded at every depth. */
const DECODED_LEAST_BYTES = 64 * 1024;

/** Bytes that are inflated for each byte of the file, at least and at most. */
const INFLATED_SHARE = 16;
const INFLATED_LEAST_BYTES = 1024 * 1024;
const INFLATED_MOST_BYTES = 4 * INFLATED_BYTES;

/** A secret that was found. `message` does not give it away; the place is that in the file, of the
 * encoded text where it was decoded. */
interface SecretHit extends Place {
  readonly offset: number;
  readonly rule: SecretRule;
  readonly confidence: Confidence;
  readonly message: string;
}

/** By number of a word, its first WORD_PLACES places, ascending, without those of UTF-16. */
export type FoundWords = ReadonlyMap<number, readonly number[]>;

/** Places of one word that are told; words that have more stand everywhere. */
export const WORD_PLACES = 4096;

/** What one file held: `more` counts what is above MATCHES_PER_FILE, by rule and confidence;
 * `failed` are rules that threw; `unread` says, in clauses, what was not looked at. */
export interface SecretScan {
  readonly hits: readonly SecretHit[];
  readonly more: readonly {
    readonly rule: SecretRule;
    readonly confidence: Confidence;
    readonly count: number;
  }[];
  readonly failed: readonly { readonly rule: SecretRule; readonly error: unknown }[];
  readonly unread: readonly string[];
  /** The words that stand in the bytes as they are, by number. */
  readonly words: FoundWords;
  /** How many line feeds the bytes hold. */
  readonly newlines: number;
}

/** A text that is looked at: the file, or what is decoded from a part of another. */
interface Text {
  readonly number: number;
  readonly depth: number;
  readonly content: Buffer;
  /** How it was decoded, outermost last. */
  readonly how: readonly string[];
  readonly within: { readonly text: number; readonly start: number; readonly end: number } | null;
  /** What stands before it in the text that it was decoded from, and before that; null for a file. */
  readonly earlier: TextBefore | null;
  /** Where in the file a person finds what is at an offset of this. */
  outer(offset: number, width: 1 | 2): { readonly offset: number; readonly width: 1 | 2 | 4 };
}

interface Located extends Claim, FoundSecret {
  readonly rule: SecretRule;
  readonly offset: number;
  readonly width: 1 | 2 | 4;
  readonly how: readonly string[];
  readonly within: Text['within'];
}

/** One rule on one file. */
interface Run {
  readonly rule: SecretRule;
  readonly order: number;
  readonly located: Located[];
  readonly counts: Map<Confidence, number>;
  failure: { readonly error: unknown } | null;
}

/** A rule of a keyword, and its place in the set of rules. */
interface Asked {
  readonly rule: SecretRule;
  readonly order: number;
  /** The keyword. */
  readonly text: string;
}

/** A scanner for these rules; building it costs, using it is one pass over the bytes, which also
 * tells which of `words` are there, in whatever case. */
export function createSecretScanner(
  rules: readonly SecretRule[],
  words: readonly string[] = [],
): (content: Uint8Array) => SecretScan {
  const keyed = Map.groupBy(
    rules.flatMap((rule, order) => rule.keywords.map((text) => ({ rule, order, text }))),
    ({ rule, text }) => `${rule.ignoreCase === true} ${text}`,
  );
  const entries = [...keyed.values()];
  const literalWords = words
    .map((text, number) => ({ text, number }))
    .filter(({ text }) => text !== ANY_UNSEEN);
  const unseen = words.indexOf(ANY_UNSEEN);
  const index = createKeywordIndex([
    ...entries.flatMap((asked) => {
      const [first] = asked;
      if (first === undefined) return [];
      const runsOn = asked.every(({ rule }) => rule.runsOn === true);
      return { text: first.text, ignoreCase: first.rule.ignoreCase === true, runsOn };
    }),
    ...literalWords.map(({ text }) => ({ text, ignoreCase: true })),
    ...SPELLING_SIGNS,
  ]);
  const firstSign = entries.length + literalWords.length;

  return (bytes) => {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const runs = new Map<SecretRule, Run>();
    const present = new Map<number, number[]>();
    let texts = 0;
    let decodable = Math.max(DECODED_LEAST_BYTES, DECODED_SHARE * content.length);
    let inflatable = Math.min(
      INFLATED_MOST_BYTES,
      Math.max(INFLATED_LEAST_BYTES, INFLATED_SHARE * content.length),
    );
    let isCut = false;
    let isTooLarge = false;

    function addWord(word: number | undefined, offset: number, width: 1 | 2): void {
      if (word === undefined) return;
      let places = present.get(word);
      if (places === undefined) {
        places = [];
        present.set(word, places);
      }
      if (width === 1 && places.length < WORD_PLACES) places.push(offset);
    }

    function tryAll(
      asked: readonly Asked[],
      text: Text,
      offset: number,
      width: 1 | 2,
      until: number,
    ): void {
      // by number, and nothing is made before it is needed: nearly all places end here
      for (let at = 0; at < asked.length; at += 1) {
        const one = asked[at];
        if (one === undefined) continue;
        try {
          if (width === 1 && !mayBeAt(one, text.content, offset)) continue;
          tryAt(runOf(runs, one.rule, one.order), text, { offset, width, until });
        } catch (error) {
          // all that a rule brings along may throw; the other rules go on
          runOf(runs, one.rule, one.order).failure ??= { error };
        }
      }
    }

    function lookInto(decoded: Decoded, from: Text): void {
      decodable -= decoded.content.length;
      if (decodable < 0) {
        isCut = true;
        return;
      }
      const { start, end, how } = decoded;
      look({
        ...nested(from, decoded.content, how),
        within: { text: from.number, start, end },
        earlier: (length) => textBefore(from, start, length),
        outer: () => from.outer(start, 1),
      });
    }

    /** What is compressed in a text counts as a file of its size. */
    function lookIntoCompressed(text: Text): void {
      const mostBytes = Math.min(INFLATED_BYTES, inflatable);
      const inflated = inflateText(text.content, mostBytes, text.how[0] === 'base64');
      if (inflated === null) return;
      if (inflated === 'too-large' || inflated === 'broken') {
        if (inflated === 'too-large') isTooLarge = true;
        // it was taken out in vain: as much as it can have been counts, or a thousand of them would
        // cost a thousand times as much
        inflatable -= bytesInVain(text.content, mostBytes);
        return;
      }
      const { length } = inflated.content;
      inflatable -= length;
      decodable += DECODED_SHARE * length;
      look({
        ...nested(text, inflated.content, inflated.how),
        within: null,
        earlier: null,
        outer: () => text.outer(0, 1),
      });
    }

    function nested(from: Text, inner: Buffer, how: string) {
      texts += 1;
      return { number: texts, depth: from.depth + 1, content: inner, how: [how, ...from.how] };
    }

    function look(text: Text, keywords = true): number {
      const isDeepest = text.depth === DECODING_DEPTH;
      const take = (decoded: Decoded) => lookInto(decoded, text);
      const encoded = createRunDecoder(text.content, take);
      const escaped = createEscapeDecoder(text.content, take);
      const spelled = createSpellingDecoder(text.content, take);
      const addSign = isDeepest ? () => {} : spelled.add;
      const newlines = index.look(
        text.content,
        {
          keyword(number, offset, width, until) {
            const asked = entries[number];
            if (number >= firstSign) addSign(offset, width);
            else if (!keywords) return;
            else if (asked !== undefined) tryAll(asked, text, offset, width, until);
            else if (text.depth === 0) {
              addWord(literalWords[number - entries.length]?.number, offset, width);
            }
          },
          run: isDeepest ? () => {} : encoded.add,
          escape: isDeepest ? () => {} : escaped.add,
          unseen(offset) {
            if (text.depth === 0 && unseen !== -1) addWord(unseen, offset, 1);
          },
        },
        text.depth,
      );
      encoded.finish();
      spelled.finish();
      if (!isDeepest) lookIntoCompressed(text);
      const narrowed = isDeepest ? null : narrowText(text.content);
      if (narrowed === null) return newlines;
      const { width, content: narrow, how } = narrowed;
      const inner: Text = {
        ...nested(text, narrow, how),
        within: null,
        earlier: text.earlier,
        outer: (offset) =>
          text.outer === inFile ? { offset: offset * width, width } : text.outer(0, 1),
      };
      // the keywords of UTF-16 were found where they stand
      look(inner, how === 'UTF-32');
      return newlines;
    }

    const newlines = look({
      number: 0,
      depth: 0,
      content,
      how: [],
      within: null,
      earlier: null,
      outer: inFile,
    });
    const unread = [
      ...(isCut ? ['it holds more encoded text than is decoded'] : []),
      ...(isTooLarge ? ['it holds more compressed text than is decoded'] : []),
    ];
    return {
      ...summarize(content, [...runs.values()]),
      unread,
      words: present,
      newlines,
    };
  };
}

/** What a rule says of the bytes around its keyword, before its pattern is tried. */
function mayBeAt({ rule, text }: Asked, content: Buffer, offset: number): boolean {
  if (rule.alone === true && isGlued(content, offset)) return false;
  return rule.mayFit === undefined || rule.mayFit(content, offset + text.length);
}

function inFile(offset: number, width: 1 | 2): { offset: number; width: 1 | 2 } {
  return { offset, width };
}

/** The last so many characters before an offset of a text, from the text around it too. */
function textBefore({ content, earlier }: Text, offset: number, length: number): string {
  const inner = textAt(content, offset, 1, -length);
  return `${earlier?.(length - inner.length) ?? ''}${inner}`;
}

function runOf(runs: Map<SecretRule, Run>, rule: SecretRule, order: number): Run {
  const known = runs.get(rule);
  if (known !== undefined) return known;
  const run = { rule, order, located: [], counts: new Map(), failure: null };
  runs.set(rule, run);
  return run;
}

function tryAt(run: Run, text: Text, place: KeywordPlace): void {
  if (run.failure !== null) return;
  const found = matchSecret(run.rule, text.content, place, text.earlier);
  if (found !== null) keep(run, text, place, found);
}

/** Keeps the first MATCHES_PER_FILE of each confidence, so that no flood hides the worst. */
function keep(run: Run, text: Text, { offset, width }: KeywordPlace, found: FoundSecret): void {
  const count = (run.counts.get(found.confidence) ?? 0) + 1;
  run.counts.set(found.confidence, count);
  if (count > MATCHES_PER_FILE) return;
  run.located.push({
    ...found,
    rule: run.rule,
    order: run.order,
    vagueness: run.rule.isGeneric === true ? 2 : found.isLoose ? 1 : 0,
    text: text.number,
    // names do not count: of two rules about one value the more specific is told
    start: offset + found.nameLength * width,
    end: offset + found.length * width,
    how: found.escaped ? ['string escapes', ...text.how] : text.how,
    within: text.within,
    ...text.outer(offset, width),
  });
}

const NOTHING = { hits: [], more: [], failed: [] } as const;

function summarize(
  content: Buffer,
  runs: readonly Run[],
): Omit<SecretScan, 'unread' | 'words' | 'newlines'> {
  // nearly all files
  if (runs.every(({ counts, failure }) => counts.size === 0 && failure === null)) return NOTHING;
  const located = dropRepeats(keepMostSpecific(runs.flatMap((run) => run.located))).toSorted(
    (left, right) =>
      left.offset - right.offset || left.text - right.text || left.start - right.start,
  );
  const placeOf = createPlaceFinder(content);
  return {
    hits: located.map(({ rule, offset, width, confidence, shown, reason, how }) => ({
      rule,
      offset,
      confidence,
      message: `${shown}: ${reason}${how.length === 0 ? '' : `; read from ${how.join(' in ')}`}`,
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

/** Without what was decoded from a text in which the same, no less sure, was found as it stands: a
 * URL with one escape holds most of its characters twice. */
function dropRepeats(located: readonly Located[]): readonly Located[] {
  const keyOf = (text: number, one: Located) => JSON.stringify([text, one.order, one.shown]);
  const known = Map.groupBy(located, (one) => keyOf(one.text, one));
  const isRepeat = (one: Located): boolean => {
    const { within } = one;
    if (within === null) return false;
    return (known.get(keyOf(within.text, one)) ?? []).some(
      ({ start, end, confidence }) =>
        start >= within.start &&
        end <= within.end &&
        CONFIDENCES.indexOf(confidence) >= CONFIDENCES.indexOf(one.confidence),
    );
  };
  return located.filter((one) => !isRepeat(one));
}
