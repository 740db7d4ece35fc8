/** How texts give a value to a name, from the end of the name to the value: in programs,
 * configuration, markup and command lines. */
import type { SecretMatch } from '../rule.ts';

/** Operators of programs and of configuration: `=`, `:`, `:=`, `=>`, `?=`, `??`, `.=`, `||`, `<-`, `,`, `(`. */
const OPERATOR = '(?:=>|:{0,3}=|[.?+|]{1,2}=|={2,3}|\\|\\||\\?\\?|<-|[:,(])';
/** A type between name and operator: `var key string =`, `key: Optional[str] =`, `key[] =`, `Key { get; } =`. */
const TYPE =
  "(?:\\[\\d{0,4}\\](?= ?=)| ?\\{ ?get; ?(?:(?:private |protected |internal )?(?:set|init); ?)?\\}(?= ?=)|:? ?(?:(?:As )?[Ss]tring|Secret[A-Z][a-z]{2,5}|Optional\\[str\\]|str(?: \\| None)?|&(?:'static )?str|const char ?\\*)(?= ?=))?";
/** The text of an element, also on a line of its own or in a section of characters; of a property
 * list, also the next element. */
const MARKUP =
  '(?:</(?:key|name)>|(?: serializeAs="String")?>)\\s{0,20}(?:<(?:string|value)>\\s{0,20})?(?:<!\\[CDATA\\[\\s{0,20})?';
/** What else may be told of a name before its value: `type = string`, `"type": "secret",`. */
const ASIDE =
  '(?:["\']?(?:[Tt]ype|[Dd]escription|[Ss]ensitive|[Nn]o[Ee]cho|[Ss]ecret|isSecret|enabled|nullable|ephemeral)["\']?\\s{0,8}[:=]\\s{0,4}(?:"[^"\\r\\n]{0,120}"|[A-Za-z]{1,16}),?\\s{1,20}){0,3}';
/** A list of names and values: `name: KEY` and `value: ...`, or `name="KEY" value="..."`; an option
 * or a variable and its default; a parameter and what it holds. */
const PAIR = `(?:,?\\s{1,20}|,|[ \\t]{0,4}:(?=[\\s{]))(?:\\s{0,20}\\{)?\\s{0,20}${ASIDE}-{0,2}\\\\?["']?(?:android:)?(?:[Vv]alue|[Dd]efault(?:Value)?|content|body|(?<=-)b)\\\\?["']?[ \\t]{0,8}[:= ]`;
/** A block of YAML: `key: |` and the value on the next line; or a string on the next line. */
const BLOCK = '(?:[|>][-+]?[ \\t]{0,4}\\r?\\n[ \\t]{1,20}|\\r?\\n[ \\t]{1,20}(?=["\'`]))?';
/** A call that hands its text on, or brackets, around the value: `atob("...")`, `SecretStr("...")`,
 * `Field(default="...")`, `String::from("...")`; and the command of PowerShell that does. */
const CALL =
  '(?:ConvertTo-SecureString[ \\t]{1,4}(?:-String[ \\t]{1,4})?(?=["\'])|(?:new )?(?:[A-Za-z0-9_]{1,24}(?:\\.|::)){0,2}(?:atob|[Pp]tr|ToPtr|[Ss]ome|[Jj]ust|new|Value|(?:b(?:ase)?64)?_?[dD]ecode|from|of|[sS]tring|stringify|str|bytes|Secret(?:Str|String)?|Field|getenv|env|get|default|sensitive)?\\(\\s{0,20}(?:[a-z_]{1,16} ?= ?)?(?=["\'`]))?';
/** What a variable is when nobody has set it, after a call that asks for it: `getenv("KEY") or "..."`. */
const ELSE = '(?<=["\'`])\\)[ \\t]{0,4}(?:\\|\\||\\?\\?|\\?:|or )[ \\t]{0,4}';
/** Kinds of strings: bytes and raw ones of Python, wide ones of C, verbatim ones of C#. */
const KIND = '(?:[bBrRfLuU@$]{1,2}(?=["\']))?';
/** Quotes, also as string escapes and in markup; two of two kinds, the one inside of the other. */
const QUOTE = '(?:\\\\{0,2}["\'`]{1,3}|&quot;|&#34;|&#39;|"\\\\")';

/** All of these, from where a name ends up to and with an opening quote, which is the group
 * `quote`; a space alone is the group `gap`, which counts only where isAssigned says so. */
export const ASSIGNMENT: RegExp = new RegExp(
  `(?:\\\\?["'\`]|&quot;|&#34;|&#39;)?\\]?(?:(?:(?<pair>${PAIR})[ \\t]{0,8}|${TYPE}[ \\t]{0,8}${OPERATOR}[ \\t]{0,8}${BLOCK}${CALL}|${ELSE}|${MARKUP})|(?<gap>[ \\t]{1,4}))${KIND}(?<quote>${QUOTE})?`,
  'y',
);

/** Commands that keep a value under a name: `npm config set`, `gh secret set`, `setx`, `set -gx`. */
const SETTERS =
  '(?:setx|setenv|set(?= -)|(?:config(?:ure|uration)?|secrets?|env|npm|vars?)[ :](?:set|put|add))(?: --?[a-zA-Z-]{1,16}){0,3}';
/** What ends a line before a name that a space alone gives a value: an option, or where Dockerfiles
 * and shells set variables. */
const BARE = `(?:^|[\\s"'\`])--?[A-Za-z][A-Za-z0-9_-]{1,60}|(?:^|\\n)(?:ENV|ARG) [A-Za-z0-9_]{1,60}|\\b${SETTERS} [A-Za-z0-9_.:/@-]{1,120}`;
const BEFORE_BARE = new RegExp(`(?:${BARE})$`);
/** The same where the value is in quotes: also definitions of C, CMake and Lisp, keys of Clojure, and
 * passwords of users of databases. */
const BEFORE_SPACE = new RegExp(
  `(?:${BARE}|\\b(?:WITH|with|ENCRYPTED|encrypted|(?:USER|user|ROLE|role) [^\\s;]{1,60}) (?:PASSWORD|password)|\\b(?:set\\(|(?:set|define|def(?:var|const|parameter)?|setq) )[A-Za-z0-9_-]{1,60}|[{\\s(]:[a-z0-9-]{1,60})$`,
);
/** What stands before the name in a call. */
const CALLED = /(?:[\w$)\]]!?|VALUES )\(\s{0,8}\\?["'`][A-Za-z0-9_.-]{1,100}$/i;
/** An option of a command in a list of its arguments: `["--api-key", "..."]`. */
const ARGUMENT = /["'`]--?[A-Za-z][A-Za-z0-9_-]{1,60}$/;
/** Values of a build, which come after a type. */
const BUILD_VALUE = /\b(?:buildConfigField|resValue)\b[^\n]{0,60}$/;

/** A variable of the environment in a list of names and values: `[["API_KEY", "..."]]`. */
const LISTED = /[[({]\s{0,8}["'`][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,6}$/;

/** Whether a match of ASSIGNMENT after the group `name` gives the name its value. A space does only
 * after an option of a command, in a Dockerfile and where shells set variables (`--token ...`,
 * `ENV TOKEN ...`, `set -gx TOKEN ...`); a comma only in a call or after a variable of the environment,
 * since lists and tuples have names beside other values. */
export function isAssigned({ groups, before }: SecretMatch): boolean {
  const { name = '', prefix = '', gap, pair, quote } = groups;
  const line = `${before}${name}`;
  if (gap !== undefined) return (quote === undefined ? BEFORE_BARE : BEFORE_SPACE).test(line);
  if (pair !== undefined) return true;
  const isComma = /^[\\"'`\] \t]*,/.test(prefix.slice(name.length));
  if (!isComma || CALLED.test(line) || ARGUMENT.test(line)) return true;
  return LISTED.test(line) || BUILD_VALUE.test(before);
}

/** More characters than a name has behind its keyword, and most that stand between name and value
 * before one or the other is told. */
const NAME_MAX = 64;
const SIGNS_MAX = 64;

const OF_NAME = tableOf(/[A-Za-z0-9_.-]/);
const OF_VALUE = tableOf(/[A-Za-z0-9+/=_.~!@#%^*?$:|-]/);
/** What ends a name, operators, what begins a value, and what stands between them. */
const OF_SIGNS = tableOf(/["'`\]\s=:,?+|>(.]/);
/** What may begin more of a context than is looked at here: escapes, types, markup. */
const BEGINS_MORE = tableOf(/[\\&[{<]/);
/** What contexts go on with: types, and what a value is called that is told beside its name. */
const BEGINNINGS = byBeginning([
  ...['str', 'Str', 'Secret', 'Optional', 'const', 'char', 'As ', 'new ', 'ConvertTo-', '-b '],
  ...[
    'value',
    'Value',
    'default',
    'Default',
    'content',
    'body',
    'serializeAs',
    'android',
    '-b=',
    '-b:',
  ],
]);
/** How a property of C# is read. */
const GETTERS = byBeginning(['get;']);
/** What else is told of a name before its value. */
const ASIDES = byBeginning([
  ...['type', 'Type', 'description', 'Description', 'noEcho', 'noecho', 'NoEcho', 'Noecho'],
  ...['sensitive', 'Sensitive', 'secret', 'Secret', 'isSecret', 'enabled', 'nullable', 'ephemeral'],
]);
/** What ends a statement or a list: no context goes on behind it. */
const OF_ENDS = tableOf(/[;,)\]}>|]/);
const OF_KIND = tableOf(/[bBrRfLuU@$]/);
const OF_QUOTE = tableOf(/["'`]/);
/** Letters that make a blank behind a backslash. */
const OF_BLANK_ESCAPE = tableOf(/[nrt]/);
/** Operators that put strings together. */
const OF_JOINT = tableOf(/[+.<>]/);
/** What stands before the first word in braces. */
const OF_OPENING = tableOf(/[\s"'\\]/);
const OF_BLOCK = tableOf(/[|>]/);
const OF_DASHES = tableOf(/-/);
const OF_BLANKS = tableOf(/\s/);
/** More blanks than a context has in one place. */
const BLANKS_MAX = 64;
/** The name of an argument, and what gives it a value. */
const OF_ARGUMENT = tableOf(/[a-z_ =]/);
const [OPEN, CLOSE, BACKSLASH, AMPERSAND] = [0x28, 0x29, 0x5c, 0x26];
const [LESS, SLASH, EQUALS, COLON, BRACE, CLOSING_BRACE, DASH] = [
  0x3c, 0x2f, 0x3d, 0x3a, 0x7b, 0x7d, 0x2d,
];

/**
 * A check whether ASSIGNMENT and a value of `least` characters or more may follow the keyword that
 * ends at `at`, within a name or behind one: false only where that is sure. Of most names nothing of
 * the kind follows, and this costs a tenth of making a text to try a pattern on.
 */
export function createAssignmentCheck(least: number): (content: Uint8Array, at: number) => boolean {
  return (content, at) => {
    const start = endOfName(content, at);
    return mayBeAssigned(content, at, start, endOfSigns(content, start), least);
  };
}

/**
 * The same for a value of at most `most` characters that counts only as a whole: a text of nothing but
 * names and signs, where each would be tried on all that follows it, has none. `mayBe` is asked of the
 * bytes of the value where they are sure to be all of it.
 */
export function createWholeValueCheck(
  least: number,
  most: number,
  mayBe: (content: Buffer, start: number, end: number) => boolean,
): (content: Buffer, at: number) => boolean {
  // a type, or what else may stand between a sign and the value, is no longer than names are
  const limit = most + NAME_MAX;
  return (content, at) => {
    const start = endOfName(content, at);
    const place = endOfSigns(content, start);
    if (!mayBeAssigned(content, at, start, place, least)) return false;
    const end = endOf(content, place, OF_VALUE, limit);
    if (end - place === limit) return false;
    if (!beginsHere(content, place) || !endsHere(content, place, end)) return true;
    return end - place >= least && mayBe(content, place, end);
  };
}

/** Whether a value that is read from `place` on begins no earlier, with a sign, and no later, behind a
 * word of a context. */
function beginsHere(content: Uint8Array, place: number): boolean {
  const sign = content[place - 1] ?? 0;
  const isLikeValue = OF_VALUE[sign] === 1;
  if (isLikeValue && (OF_VALUE[content[place - 2] ?? 0] === 1 || !isOperator(sign))) return false;
  if (OF_QUOTE[sign] === 1 && isBehindJoint(content, place - 1)) return false;
  const byte = content[place] ?? 0;
  return BEGINS_MORE[byte] === 0 && byte !== CLOSE && !isPairAt(content, place);
}

/** Whether the quote at `quote` may begin the second part of a string. */
function isBehindJoint(content: Uint8Array, quote: number): boolean {
  let at = quote - 1;
  while (at > quote - BLANKS_MAX && OF_BLANKS[content[at] ?? 0] === 1) at -= 1;
  return (
    OF_QUOTE[content[at] ?? 0] === 1 ||
    (OF_JOINT[content[at] ?? 0] === 1 && content[at - 1] !== EQUALS)
  );
}

function isOperator(byte: number): boolean {
  return byte === EQUALS || byte === COLON;
}

/** Whether a value that is read from `start` to `end` is no call and no kind of a string, and does not
 * go on, as an escape or in another string. */
function endsHere(content: Uint8Array, start: number, end: number): boolean {
  const byte = content[end] ?? 0;
  if (byte === OPEN) return !isCallAt(content, end + 1);
  if (byte === BACKSLASH) return isBlankEscape(content, end);
  if (byte === AMPERSAND) return false;
  return OF_QUOTE[byte] !== 1 || !(isKind(content, start, end) || isJointAt(content, end + 1));
}

/** Where the name ends in which a keyword ends at `at`; `at` where it ends in none. */
function endOfName(content: Uint8Array, at: number): number {
  return OF_NAME[content[at - 1] ?? 0] === 1 ? endOf(content, at, OF_NAME, NAME_MAX) : at;
}

/** Blanks that are escaped, as in a source map, are blanks. */
function endOfSigns(content: Uint8Array, start: number): number {
  const limit = start + SIGNS_MAX;
  let end = endOf(content, start, OF_SIGNS, SIGNS_MAX);
  while (end < limit && isBlankEscape(content, end)) {
    end = endOf(content, end + 2, OF_SIGNS, limit - end);
  }
  return end;
}

function isBlankEscape(content: Uint8Array, at: number): boolean {
  return content[at] === BACKSLASH && OF_BLANK_ESCAPE[content[at + 1] ?? 0] === 1;
}

/** `start` is where the name ends, and `place` where the signs behind it do. */
function mayBeAssigned(
  content: Uint8Array,
  at: number,
  start: number,
  place: number,
  least: number,
): boolean {
  // the keyword took the begin of the end of an element along
  if (content[at - 1] === SLASH && content[at - 2] === LESS) return true;
  if (place - start >= SIGNS_MAX) return true;
  const byte = content[place] ?? 0;
  if (byte === BRACE) {
    const inside = endOf(content, place + 1, OF_BLANKS, 1);
    return isPairAt(content, place + 1) || isWordAt(content, inside, GETTERS);
  }
  if (BEGINS_MORE[byte] === 1 || isPairAt(content, place)) return true;
  // a block of YAML
  if (byte === DASH && OF_BLOCK[content[place - 1] ?? 0] === 1) return true;
  // behind a call that asks for the value of a variable
  if (byte === CLOSE) return OF_QUOTE[content[place - 1] ?? 0] === 1;
  const isDirect = OF_NAME[content[at - 1] ?? 0] === 1 && place === start;
  if (isDirect || OF_VALUE[byte] !== 1) return false;
  return mayBeValue(content, place, least - countLikeValue(content, start, place));
}

/** How many of the last signs from `start` to `place` a value may begin with. */
function countLikeValue(content: Uint8Array, start: number, place: number): number {
  let begin = place;
  while (begin > start && OF_VALUE[content[begin - 1] ?? 0] === 1) begin -= 1;
  return place - begin;
}

/** Whether a value begins here, as it is or in parts. */
function mayBeValue(content: Uint8Array, start: number, least: number): boolean {
  const end = endOf(content, start, OF_VALUE, least);
  return end - start >= least || !endsHere(content, start, end);
}

/** Whether what stands from `start` to the quote at `end` is the kind of the string that begins there. */
function isKind(content: Uint8Array, start: number, end: number): boolean {
  return endOf(content, start, OF_KIND, 2) === end && OF_QUOTE[content[start - 1] ?? 0] !== 1;
}

/** Whether a string that ends before `at` may be put together with another: blanks and an operator
 * alone stand between them. */
function isJointAt(content: Uint8Array, at: number): boolean {
  const sign = endOf(content, at, OF_BLANKS, BLANKS_MAX);
  const next = endOf(content, endOf(content, sign, OF_JOINT, 2), OF_BLANKS, BLANKS_MAX);
  return OF_QUOTE[content[next] ?? 0] === 1;
}

/** Whether one of the words that go on with a context begins at `at`, also as an option or in quotes. */
function isPairAt(content: Uint8Array, at: number): boolean {
  const start = endOf(content, at, OF_OPENING, BLANKS_MAX);
  if (isBeginning(content, start)) return true;
  if (content[start] !== DASH) return false;
  return isBeginning(content, endOf(content, endOf(content, start, OF_DASHES, 2), OF_OPENING, 2));
}

function isBeginning(content: Uint8Array, at: number): boolean {
  if (isWordAt(content, at, ASIDES) && mayGoOnBehindAside(content, at)) return true;
  if (!isWordAt(content, at, BEGINNINGS)) return false;
  return OF_ENDS[content[endOf(content, at, OF_NAME, NAME_MAX)] ?? 0] === 0;
}

/** Behind `type: string`, in quotes or not, a value comes where no brace closes. */
function mayGoOnBehindAside(content: Uint8Array, at: number): boolean {
  const told = endOfSigns(content, endOf(content, at, OF_NAME, NAME_MAX));
  const end = endOf(content, told, OF_NAME, NAME_MAX);
  const isQuoted = OF_QUOTE[content[told - 1] ?? 0] === 1 && OF_QUOTE[content[end] ?? 0] === 1;
  return content[isQuoted ? end + 1 : end] !== CLOSING_BRACE;
}

function isWordAt(content: Uint8Array, at: number, words: Words): boolean {
  const those = words.get(threeAt(content, at));
  return those?.some((word) => word.every((byte, index) => content[at + index] === byte)) === true;
}

/** Words by their first three characters. */
type Words = ReadonlyMap<number, readonly Buffer[]>;

function byBeginning(words: readonly string[]): Words {
  return Map.groupBy(
    words.map((word) => Buffer.from(word)),
    (word) => threeAt(word, 0),
  );
}

/** Whether what a call hands on may begin at `at`, behind its bracket: a string, also under a name. */
function isCallAt(content: Uint8Array, at: number): boolean {
  const start = endOf(content, at, OF_BLANKS, BLANKS_MAX);
  const end = endOf(content, start, OF_ARGUMENT, NAME_MAX);
  return OF_QUOTE[content[end] ?? 0] === 1;
}

function threeAt(content: Uint8Array, at: number): number {
  return ((content[at] ?? 0) << 16) | ((content[at + 1] ?? 0) << 8) | (content[at + 2] ?? 0);
}

/** Where the bytes from `at` on end that `table` has, at most `most` of them. */
function endOf(content: Uint8Array, at: number, table: Uint8Array, most: number): number {
  const limit = Math.min(content.length, at + most);
  let end = at;
  while (end < limit && table[content[end] ?? 0] === 1) end += 1;
  return end;
}

function tableOf(characters: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) =>
    characters.test(String.fromCharCode(byte)) ? 1 : 0,
  );
}
