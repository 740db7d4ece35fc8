/** Whether a person made a token up that has the form of a real one. */

import { spellsWords } from './randomness.ts';

/** A word in a part of a token that is not its longest run. */
const MARKED = /[eE]xample|EXAMPLE|[pP]laceholder|PLACEHOLDER|[rR]edacted|REDACTED/;
/** Words of a sentence in the longest one: chance makes five in a row once in a billion. */
const SENTENCE = /(?:[a-z]{2,12}[-_]){5}/;

/** Whether words stand in a token, in plain or in base64; `random` is its longest run. */
export function holdsWords(token: string, random: string): boolean {
  return spellsWords(token) || MARKED.test(token) || SENTENCE.test(random);
}
