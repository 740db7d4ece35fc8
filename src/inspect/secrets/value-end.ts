/** Where the value of a name ends, in programs and in configuration. */
import type { SecretMatch } from '../rule.ts';
import { isAssigned } from './assignment.ts';

/** Two of two kinds, as `'"` in a build of Gradle, end in the other order. */
function closing(quote: string): string {
  return quote.includes('\\') || quote.includes('&') ? quote : [...quote].reverse().join('');
}

/** A string in a string: it ends with the escaped one. */
const CROSSED = '"\\"';

/** `${NAME:value}` and `${NAME:-value}`: what a variable is when nobody sets it. */
function isDefault({ before, after }: SecretMatch): boolean {
  return after.startsWith('}') && /\$\{[A-Za-z0-9_.-]{0,80}$/.test(before);
}

/** `{ token: VALUE, user: bob }` of YAML, where names of variables stand too. */
function isInFlow({ groups, after }: SecretMatch): boolean {
  const { prefix = '', value = '' } = groups;
  return prefix.endsWith(': ') && /^(?:, | ?\})/.test(after) && /[0-9].*[0-9]/.test(value);
}

/** `jdbc:mysql://address=(host=...)(user=...)(password=VALUE)/name`, and what Oracle has in its place. */
function isInAddress({ groups, before, after }: SecretMatch): boolean {
  const { prefix = '' } = groups;
  return (
    prefix.endsWith('=') &&
    /^[,)]/.test(after) &&
    /jdbc:[^\s"'`]{1,400}[(,][A-Za-z_]{0,20}$/.test(before)
  );
}

/** Whether a value after ASSIGNMENT is all that the name is given: in quotes to their end; or without,
 * up to where a word of configuration ends. */
export function isWholeValue(match: SecretMatch): boolean {
  const { quote } = match.groups;
  const { after } = match;
  if (!isAssigned(match)) return false;
  if (quote !== undefined) return after.startsWith(quote === CROSSED ? '\\"' : closing(quote));
  return (
    /^(?:[\0-\x20"'`;&<|]|\\[nrt"']|\]\]>|$)/.test(after) ||
    isDefault(match) ||
    isInFlow(match) ||
    isInAddress(match)
  );
}
