/** Which rules about packed files are asked about one: most have nothing to say about most files. */
import type { EntryRule } from './rule.ts';
import { type FoundWords, WORD_PLACES } from './search/secret-scan.ts';

/** The rules that may find something in a file. */
export interface EntryChoice {
  /** All words of the rules; `choose` is told which of them, by number, the content holds. */
  readonly words: readonly string[];
  /** In order of the rules. `present` is null where nobody has looked. */
  choose(path: string, present: FoundWords | null): readonly EntryRule[];
  /** Whether a content with `present` may hold one of `words`. */
  mayHold(present: FoundWords | null): (word: string) => boolean;
  /** All places of one of `words`, in whatever case; null where they are not known. */
  placesOf(present: FoundWords | null): (word: string) => readonly number[] | null;
}

interface Candidate {
  readonly rule: EntryRule;
  readonly paths: RegExp | null;
  /** Numbers of its words; null for a rule without any. */
  readonly words: readonly number[] | null;
}

/** A choice among `rules` by their `paths` and `words`. */
export function createEntryChoice(rules: readonly EntryRule[]): EntryChoice {
  const words = [...new Set(rules.flatMap((rule) => rule.words ?? []))];
  const numbers = new Map(words.map((word, number) => [word, number]));
  const candidates = rules.map((rule): Candidate => {
    const wanted = rule.words?.map((word) => numbers.get(word) ?? -1) ?? null;
    return { rule, paths: rule.paths ?? null, words: wanted };
  });
  const always = candidates.filter((one) => one.paths === null);
  const wordless = always.filter((one) => one.words === null).map(({ rule }) => rule);
  const patterns = rules.flatMap((rule) => rule.paths?.source ?? []);
  // one search for all of them: few files have a path that any of them wants
  const somePath = new RegExp(patterns.length === 0 ? '(?!)' : patterns.join('|'));
  return {
    words,
    mayHold: (present) => (word) => present === null || present.has(numbers.get(word) ?? -1),
    placesOf: (present) => (word) => {
      if (present === null) return null;
      const places = present.get(numbers.get(word) ?? -1);
      if (places === undefined) return [];
      return places.length === WORD_PLACES ? null : places;
    },
    choose(path, present) {
      const lower = path.toLowerCase();
      const isSome = somePath.test(lower);
      if (!isSome && present?.size === 0) return wordless;
      const asked = isSome ? candidates : always;
      return asked.filter((one) => isAsked(one, lower, present)).map(({ rule }) => rule);
    },
  };
}

function isAsked({ paths, words }: Candidate, lower: string, present: FoundWords | null): boolean {
  if (paths !== null && !paths.test(lower)) return false;
  return words === null || present === null || words.some((word) => present.has(word));
}
