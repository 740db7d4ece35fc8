/**
 * Whether a name is given a value, by the bytes behind it: what `ASSIGNMENT` and the rules about names
 * would find out, for the many names where it is nothing. Nothing here says yes for sure, and no only
 * where that is sure.
 */
import { byteTable, endOfBytes } from '../search/byte-table.ts';
import { SAID_WORDS } from './said-name.ts';

/** More characters than a name has behind its keyword, most that stand between name and value before
 * one or the other is told, and more blanks than a context has in one place. */
const [NAME_MAX, SIGNS_MAX, BLANKS_MAX] = [64, 64, 64];

const OF_NAME = byteTable(/[A-Za-z0-9_.-]/);
const OF_VALUE = byteTable(/[A-Za-z0-9+/=_.~!@#%^*?$:|-]/);
const OF_BLANKS = byteTable(/\s/);
const OF_QUOTE = byteTable(/["'`]/);
const OF_DASHES = byteTable(/-/);
/** What ends a name, operators, what begins a value, and what stands between them. */
const OF_SIGNS = byteTable(/["'`\]\s=:,?+|>(.]/);
/** What may begin more of a context than is looked at here: escapes, types, markup. */
const BEGINS_MORE = byteTable(/[\\&[{<]/);
/** What stands before the first word in braces. */
const OF_OPENING = byteTable(/[\s"'\\]/);
/** What begins a block of YAML. */
const OF_BLOCK = byteTable(/[|>]/);
/** What ends a statement or a list: no context goes on behind it. */
const OF_ENDS = byteTable(/[;,)\]}>|]/);
/** Letters before the quote of a string, and those that make a blank behind a backslash. */
const [OF_KIND, OF_BLANK_ESCAPE] = [byteTable(/[bBrRfFLuU@$]/), byteTable(/[nrt]/)];
/** Operators that put strings together. */
const OF_JOINT = byteTable(/[+.<>]/);
/** The name of an attribute, and its most characters. */
const [OF_ATTRIBUTE, ATTRIBUTE_MAX] = [byteTable(/[A-Za-z:_-]/), 24];
/** The name of an argument, and what gives it a value. */
const OF_ARGUMENT = byteTable(/[a-z_ =]/);
const [OPEN, CLOSE, BRACE, CLOSING_BRACE] = [0x28, 0x29, 0x7b, 0x7d];
const [BACKSLASH, AMPERSAND, LESS, SLASH] = [0x5c, 0x26, 0x3c, 0x2f];
const [EQUALS, COLON, DASH, SPACE] = [0x3d, 0x3a, 0x2d, 0x20];
const [SEMICOLON, LINE_FEED, S, CAPITAL_S, DOUBLE_QUOTE] = [0x3b, 0x0a, 0x73, 0x53, 0x22];

/** What contexts go on with: types, and what a value is called that is told beside its name. */
const BEGINNINGS = byBeginning([
  ...['str', 'Str', 'Secret', 'Optional', 'const', 'char', 'As ', 'new ', 'ConvertTo-', '-b '],
  ...['-b=', '-b:', 'value', 'Value', 'default', 'Default', 'content', 'body'],
  ...['android'],
]);
/** What a name in words goes on with. */
const SAID_BEGINNINGS = byBeginning(SAID_WORDS);
/** How a property of C# is read. */
const GETTERS = byBeginning(['get;']);
/** What else is told of a name before its value. */
const ASIDES = byBeginning([
  ...['type', 'Type', 'description', 'Description', 'noEcho', 'noecho', 'NoEcho', 'Noecho'],
  ...['sensitive', 'Sensitive', 'secret', 'Secret', 'isSecret', 'enabled', 'nullable', 'ephemeral'],
]);

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
    const end = endOfBytes(content, place, OF_VALUE, limit);
    if (end - place === limit) return false;
    if (!beginsHere(content, place) || !endsHere(content, place, end)) return true;
    return end - place >= least && mayBe(content, place, end);
  };
}

/** Whether the name in which a keyword ends at `at` may go on in words (`Twilio auth token`), or is
 * given its value by a dash: false only where neither is so. */
export function isNameGoingOn(content: Uint8Array, at: number): boolean {
  const end = endOfName(content, at);
  if (content[end] !== SPACE) return false;
  return content[end + 1] === DASH || isWordAt(content, end + 1, SAID_BEGINNINGS);
}

/** Whether a value that is read from `place` on begins no earlier, with a sign, and no later, behind a
 * word of a context. */
function beginsHere(content: Uint8Array, place: number): boolean {
  const sign = content[place - 1] ?? 0;
  const isLikeValue = OF_VALUE[sign] === 1;
  if (isLikeValue && (OF_VALUE[content[place - 2] ?? 0] === 1 || !isOperator(sign))) return false;
  if (isSecondPart(content, place)) return false;
  const byte = content[place] ?? 0;
  if (BEGINS_MORE[byte] === 1 || byte === CLOSE || byte === SEMICOLON) return false;
  if (isItemAt(content, place) || isAttributeAt(content, place)) return false;
  return !isPairAt(content, place);
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
  return OF_NAME[content[at - 1] ?? 0] === 1 ? endOfBytes(content, at, OF_NAME, NAME_MAX) : at;
}

/** Blanks that are escaped, as in a source map, are blanks. */
function endOfSigns(content: Uint8Array, start: number): number {
  const limit = start + SIGNS_MAX;
  let end = endOfBytes(content, start, OF_SIGNS, SIGNS_MAX);
  while (end < limit && isBlankEscape(content, end)) {
    end = endOfBytes(content, end + 2, OF_SIGNS, limit - end);
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
  if (byte === BRACE) return mayBeInBraces(content, start, place);
  if (BEGINS_MORE[byte] === 1 || isPairAt(content, place)) return true;
  if (isAttributeAt(content, place)) return true;
  // strings that PHP has serialized
  if (byte === SEMICOLON) return content[place + 1] === S && content[place + 2] === COLON;
  if (byte === DASH && isBlockAt(content, place)) return true;
  // behind a call that asks for the value of a variable
  if (byte === CLOSE) return OF_QUOTE[content[place - 1] ?? 0] === 1;
  const isDirect = OF_NAME[content[at - 1] ?? 0] === 1 && place === start;
  if (isDirect || OF_VALUE[byte] !== 1) return false;
  return mayBeValueBehind(content, start, place, least);
}

/** Whether a value begins at `place`, of which the last signs from `start` on may be a part. */
function mayBeValueBehind(
  content: Uint8Array,
  start: number,
  place: number,
  least: number,
): boolean {
  if (isSecondPart(content, place)) return true;
  return mayBeValue(content, place, least - countLikeValue(content, start, place));
}

/** Whether the first part of the value lies among the signs. */
function isSecondPart(content: Uint8Array, place: number): boolean {
  return OF_QUOTE[content[place - 1] ?? 0] === 1 && isBehindJoint(content, place - 1);
}

/** Whether the brace at `place`, behind a name that ends at `start`, may hold its value: in a list of
 * names and values, in a property of C#, or in a map, where the name says that it has more than one. */
function mayBeInBraces(content: Uint8Array, start: number, place: number): boolean {
  const last = content[start - 1];
  if (last === S || last === CAPITAL_S) return true;
  const inside = endOfBytes(content, place + 1, OF_BLANKS, 1);
  return isPairAt(content, place + 1) || isWordAt(content, inside, GETTERS);
}

/** Whether an attribute of an element begins at `place`, behind a blank. */
function isAttributeAt(content: Uint8Array, place: number): boolean {
  if (content[place - 1] !== SPACE) return false;
  const end = endOfBytes(content, place, OF_ATTRIBUTE, ATTRIBUTE_MAX);
  return end > place && content[end] === EQUALS && content[end + 1] === DOUBLE_QUOTE;
}

/** Whether the dash at `place` is that of a block of YAML or of the first of a list. */
function isBlockAt(content: Uint8Array, place: number): boolean {
  return OF_BLOCK[content[place - 1] ?? 0] === 1 || isItemAt(content, place);
}

/** Whether the first of a list begins here, on a line of its own. */
function isItemAt(content: Uint8Array, place: number): boolean {
  if (content[place] !== DASH || content[place + 1] !== SPACE) return false;
  let at = place - 1;
  while (content[at] === SPACE) at -= 1;
  return content[at] === LINE_FEED;
}

/** How many of the last signs from `start` to `place` a value may begin with. */
function countLikeValue(content: Uint8Array, start: number, place: number): number {
  let begin = place;
  while (begin > start && OF_VALUE[content[begin - 1] ?? 0] === 1) begin -= 1;
  return place - begin;
}

/** Whether a value begins here, as it is or in parts. */
function mayBeValue(content: Uint8Array, start: number, least: number): boolean {
  const end = endOfBytes(content, start, OF_VALUE, least);
  return end - start >= least || !endsHere(content, start, end);
}

/** Whether what stands from `start` to the quote at `end` is the kind of the string that begins there. */
function isKind(content: Uint8Array, start: number, end: number): boolean {
  return endOfBytes(content, start, OF_KIND, 2) === end && OF_QUOTE[content[start - 1] ?? 0] !== 1;
}

/** Whether a string that ends before `at` may be put together with another: blanks and an operator
 * alone stand between them. */
function isJointAt(content: Uint8Array, at: number): boolean {
  const sign = endOfBytes(content, at, OF_BLANKS, BLANKS_MAX);
  const next = endOfBytes(content, endOfBytes(content, sign, OF_JOINT, 2), OF_BLANKS, BLANKS_MAX);
  return OF_QUOTE[content[next] ?? 0] === 1;
}

/** Whether one of the words that go on with a context begins at `at`, also as an option or in quotes. */
function isPairAt(content: Uint8Array, at: number): boolean {
  const start = endOfBytes(content, at, OF_OPENING, BLANKS_MAX);
  if (isBeginning(content, start)) return true;
  if (content[start] !== DASH) return false;
  return isBeginning(
    content,
    endOfBytes(content, endOfBytes(content, start, OF_DASHES, 2), OF_OPENING, 2),
  );
}

function isBeginning(content: Uint8Array, at: number): boolean {
  if (isWordAt(content, at, ASIDES) && mayGoOnBehindAside(content, at)) return true;
  if (!isWordAt(content, at, BEGINNINGS)) return false;
  return OF_ENDS[content[endOfBytes(content, at, OF_NAME, NAME_MAX)] ?? 0] === 0;
}

/** Behind `type: string`, in quotes or not, a value comes where no brace closes. */
function mayGoOnBehindAside(content: Uint8Array, at: number): boolean {
  const told = endOfSigns(content, endOfBytes(content, at, OF_NAME, NAME_MAX));
  const end = endOfBytes(content, told, OF_NAME, NAME_MAX);
  const isQuoted = OF_QUOTE[content[told - 1] ?? 0] === 1 && OF_QUOTE[content[end] ?? 0] === 1;
  return content[isQuoted ? end + 1 : end] !== CLOSING_BRACE;
}

function isWordAt(content: Uint8Array, at: number, words: Words): boolean {
  if (words.first[content[at] ?? 0] === 0) return false;
  const those = words.byThree.get(threeAt(content, at));
  return those?.some((word) => word.every((byte, index) => content[at + index] === byte)) === true;
}

interface Words {
  /** 1 for the bytes that one of them begins with: most places have none of these. */
  readonly first: Uint8Array;
  readonly byThree: ReadonlyMap<number, readonly Buffer[]>;
}

function byBeginning(words: readonly string[]): Words {
  const bytes = words.map((word) => Buffer.from(word));
  const first = new Uint8Array(256);
  for (const word of bytes) first[word[0] ?? 0] = 1;
  return { first, byThree: Map.groupBy(bytes, (word) => threeAt(word, 0)) };
}

/** Whether what a call hands on may begin at `at`, behind its bracket: a string, also under a name. */
function isCallAt(content: Uint8Array, at: number): boolean {
  const start = endOfBytes(content, at, OF_BLANKS, BLANKS_MAX);
  const end = endOfBytes(content, start, OF_ARGUMENT, NAME_MAX);
  return OF_QUOTE[content[end] ?? 0] === 1;
}

function threeAt(content: Uint8Array, at: number): number {
  return ((content[at] ?? 0) << 16) | ((content[at + 1] ?? 0) << 8) | (content[at + 2] ?? 0);
}
