/** How texts give a value to a name, from the end of the name to the value: in programs,
 * configuration, markup and command lines. */
import type { SecretMatch } from '../rule.ts';

/** Operators of programs and of configuration: `=`, `:`, `:=`, `=>`, `?=`, `.=`, `||`, `,`, `(`. */
const OPERATOR = '(?:=>|:{0,3}=|[.?+|]{1,2}=|={2,3}|\\|\\||[:,(])';
/** A type between name and operator: `var key string =`, `key: string =`. */
const TYPE = '(?::?[ \\t]{0,4}(?:[Ss]tring|&?str|const char ?\\*)(?= ?=))?';
/** The text of an element, also on a line of its own; of a property list, also the next element. */
const MARKUP = '(?:</key>|>)\\s{0,20}(?:<(?:string|value)>\\s{0,20})?';
/** A list of names and values: `name: KEY` and `value: ...`, or `name="KEY" value="..."`. */
const PAIR = ',?\\s{1,20}\\\\?["\']?[Vv]alue\\\\?["\']?[ \\t]{0,4}[:=]';
/** A block of YAML: `key: |` and the value on the next line. */
const BLOCK = '(?:[|>][-+]?[ \\t]{0,4}\\r?\\n[ \\t]{1,20})?';

/** The source of a pattern for all of these, up to and with an opening quote, which is the group
 * `quote`; a space alone is the group `gap`, which counts only where isAssigned says so. */
export const ASSIGNMENT = `\\\\?["'\`]?\\]?(?:(?:${TYPE}[ \\t]{0,8}${OPERATOR}[ \\t]{0,8}${BLOCK}|${PAIR}[ \\t]{0,8}|${MARKUP})|(?<gap>[ \\t]{1,4}))(?<quote>\\\\{0,2}["'\`]{1,3})?`;

/** Whether a match of ASSIGNMENT after the group `name` gives the name its value. A space does only
 * after an option of a command or in a Dockerfile (`--token ...`, `ENV TOKEN ...`); a comma only in
 * a call, since lists and tuples have names beside other values. */
export function isAssigned({ groups, before }: SecretMatch): boolean {
  const { name = '', prefix = '', gap } = groups;
  const line = `${before}${name}`;
  if (gap !== undefined) {
    return /(?:--[A-Za-z0-9-]{1,60}|(?:^|\n)(?:ENV|ARG) [A-Za-z0-9_]{1,60})$/.test(line);
  }
  const isComma = /^[\\"'`\] \t]*,/.test(prefix.slice(name.length));
  return !isComma || /[\w$)\]]!?\(\s{0,8}\\?["'`][A-Za-z0-9_.-]{1,100}$/.test(line);
}
