/** What a random value is there for, where the text around it shows that it is no credential. */
import type { SecretAnswer, SecretMatch } from '../rule.ts';
import { isShown, SHOWN } from './example-context.ts';

/** Weak, with the reason, where a value is part of the address of a picture, of a test vector or of
 * what an assertion expects; else null. Both texts are those that a match has around it. */
export function answerByRole(before: string, after: string): SecretAnswer | null {
  if (isOfPicture(before)) return OF_PICTURE;
  if (isVector(before, after)) return OF_VECTOR;
  return isExpected(before) ? OF_ASSERTION : null;
}

/** `answer`, or weak in a manual; words of examples around it do not count, because configuration
 * with a real token has people of examples too. */
export function unlessInManual(answer: SecretAnswer, match: SecretMatch): SecretAnswer {
  return isShown(match) ? SHOWN : answer;
}

const OF_PICTURE: SecretAnswer = {
  confidence: 'weak',
  reason: 'it stands in the address of a picture, which every page that shows it gives away',
};

const OF_VECTOR: SecretAnswer = {
  confidence: 'weak',
  reason: 'what it encrypts or signs stands beside it, as in test vectors',
};

/** A label of the records that tests of ciphers are made of, at the begin of a line or string. */
const VECTOR_LABEL =
  /(?:^|\n|\\n|")[ \t]*(IN|AD|AAD|CT|PT|TAG|TAG_?LEN|MSG|MAC|HASH|PLAINTEXT|CIPHERTEXT)[ \t]*[:=]/gi;

/** A key and its nonce alone stand in configuration; a record has more than them. */
function isVector(before: string, after: string): boolean {
  const labels = [before, after].flatMap((text) =>
    [...text.matchAll(VECTOR_LABEL)].map(([, label = '']) => label.toUpperCase()),
  );
  return new Set(labels).size > 1;
}

const OF_ASSERTION: SecretAnswer = {
  confidence: 'weak',
  reason: 'a test expects it as an answer',
};

/** The call of an assertion. */
const ASSERTION =
  /(?:\.to(?:Strict)?Equal|\.toMatchObject|\.toBe|\.eql|\bassert(?:\.\w{0,20}[eE]qual|_eq!|Equals?))\(/g;

/** Whether what follows is an argument of an assertion, which is not closed yet. */
function isExpected(before: string): boolean {
  const last = [...before.matchAll(ASSERTION)].at(-1);
  if (last === undefined) return false;
  const inside = before.slice(last.index + last[0].length);
  return !inside.includes(';') && inside.split('(').length >= inside.split(')').length;
}

/** Whether this is a parameter of the address of a picture, as of the state of a build. */
function isOfPicture(before: string): boolean {
  const at = before.lastIndexOf('://');
  return at !== -1 && /^[^\s"'`<>]*\.(?:svg|png)\?[^\s"'`<>]*$/.test(before.slice(at));
}
