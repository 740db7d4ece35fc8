/** Names of secrets in words behind the name of a vendor, as notes and comments have them:
 * `Twilio auth token: ...`, `plaid secret - '...'`. */
import type { SecretMatch } from '../rule.ts';
import { ASSIGNMENT, isAssigned } from './assignment.ts';
import { capitalize } from './name-spelling.ts';

/** Words in small letters, with a capital and in capitals. */
function written(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => [word, capitalize(word), word.toUpperCase()]);
}

/** What stands before the word for a secret. */
const KINDS = written([
  ...['access', 'account', 'admin', 'api', 'app', 'application', 'auth', 'bearer', 'bot', 'client'],
  ...['consumer', 'deploy', 'integration', 'license', 'master', 'oauth', 'org', 'personal'],
  ...['private', 'project', 'refresh', 'rest', 'secret', 'server', 'service', 'user', 'webhook'],
]);
const ENDS = written(['key', 'token', 'secret', 'password']);

/** The words that such a name goes on with. */
export const SAID_WORDS: readonly string[] = [...KINDS, ...ENDS];

/** What such a name goes on with, or nothing, is the group `words`. Which words they are is asked of
 * what matches: a pattern of them all takes longer to make than all matches. */
const WORDS = `(?<words> (?:[A-Za-z]{3,11}[ _-]){0,3}(?:${ENDS.join('|')})(?![A-Za-z0-9_-]))?`;
const IS_KIND: ReadonlySet<string> = new Set(KINDS);

/** What ASSIGNMENT has, behind more words of the name too; or a dash, an arrow or `is` before a value
 * in quotes, which is the group `said`. */
export const SAID_ASSIGNMENT: RegExp = new RegExp(
  `${WORDS}(?:[ \\t]{1,3}(?<said>--?>?|is)(?=[ \\t]{1,3}["'\`]))?${ASSIGNMENT.source}`,
  'y',
);

/** Whether a match of SAID_ASSIGNMENT after the group `name` gives it its value. A dash does only for
 * what is called a secret; in a name of several words neither a comma nor a bracket does. */
export function isGiven(match: SecretMatch, isSecret: boolean): boolean {
  const { name = '', prefix = '', words, said } = match.groups;
  if (words === undefined) return said === undefined ? isAssigned(match) : isSecret;
  const kinds = words.slice(1).split(/[ _-]/).slice(0, -1);
  if (!kinds.every((kind) => IS_KIND.has(kind))) return false;
  if (said !== undefined) return isSecret;
  const sign = prefix.slice(name.length + words.length);
  return /^["'`*\]]{0,3}[ \t]{0,4}[:=]/.test(sign);
}
