/**
 * The literal prefilter: where in a text one of many keywords stands. Nearly all bytes are looked
 * at by a kernel of prefilter/ and by nothing else; what that suspects is compared here.
 */
import {
  CHUNK_BYTES,
  createPlainKernel,
  createWasmKernel,
  isRunOn,
  type Kernel,
} from './prefilter/kernel.ts';
import {
  COMPARED_BYTES,
  createLiteralTables,
  hashWindow,
  type Literal,
  type LiteralTables,
  type LiteralWindow,
} from './prefilter/literal-tables.ts';

/** Takes what is found; chunk by chunk, so that memory is bounded. */
export interface KeywordVisitor {
  /**
   * A place of a keyword, which is told by its number. `width` is the distance of characters in
   * bytes: 1 for bytes and UTF-8, 2 for UTF-16. `until` is the next place of this keyword in this
   * width, or the end of the text. Places of one keyword and width come in order of offset. Those of
   * UTF-16 come whether or not the keyword `runsOn`.
   */
  keyword(keyword: number, offset: number, width: 1 | 2, until: number): void;
  /** A whole run of 24 or more characters of base64 or base64url; in order. */
  run(start: number, end: number): void;
  /** `\x`, `\u`, or `%` before a digit from 2 to 7; in order within a chunk. */
  escape(offset: number): void;
  /** Where a character that nobody sees may begin; in order. */
  unseen(offset: number): void;
}

export interface KeywordIndex {
  /** Looks through `content`, and says how many line feeds it holds. A visitor may look through
   * another text, at a greater `depth`. */
  look(content: Buffer, visitor: KeywordVisitor, depth?: number): number;
}

/** The fastest kernel that this runtime has. */
function createFastKernel(tables: LiteralTables): Kernel {
  return createWasmKernel(tables) ?? createPlainKernel(tables);
}

/** Doubled keywords are told twice. Throws a TypeError for one of less than four characters, or
 * with letters above ASCII. `createKernel` is for tests: every kernel gives the same answers. */
export function createKeywordIndex(
  keywords: readonly Literal[],
  createKernel: (tables: LiteralTables) => Kernel = createFastKernel,
): KeywordIndex {
  // spellings of one keyword are compared together first: most candidates are none of them
  const needles = createNeedles(keywords);
  const tables = createLiteralTables(needles.map(({ literal }) => literal));
  const suspects = createSuspects(tables, needles);
  const levels: Level[] = [];

  /** Tells which of `windows` have their literal at `place`. */
  function compare(
    level: Level,
    content: Buffer,
    windows: readonly LiteralWindow[],
    place: number,
    width: 1 | 2,
    visitor: KeywordVisitor,
  ): void {
    // here and below by number: iterators take as long as all the rest
    for (let at = 0; at < windows.length; at += 1) {
      const { literal = -1, start = 0 } = windows[at] ?? {};
      const needle = needles[literal];
      const offset = place - start * width;
      if (needle !== undefined && isThere(content, offset, width, needle)) {
        tellSpellings(level, content, needle, offset, width, visitor);
      }
    }
  }

  function compareNarrow(level: Level, content: Buffer, visitor: KeywordVisitor): void {
    const narrow = level.kernel.narrow();
    // lengths are read once: of a typed array that costs as much as a comparison
    const [count, size] = [narrow.length, content.length];
    for (let at = 0; at < count; at += 2) {
      const place = narrow[at] ?? 0;
      const suspect = suspects[narrow[at + 1] ?? 0];
      if (suspect === undefined) continue;
      const { needle, start, isWhole, others } = suspect;
      const offset = place - start;
      const isFound = isWhole
        ? offset >= 0 && offset + needle.text.length <= size
        : isThere(content, offset, 1, needle);
      if (isFound) tellSpellings(level, content, needle, offset, 1, visitor);
      if (others.length > 0) compare(level, content, others, place, 1, visitor);
    }
  }

  function compareWide(level: Level, content: Buffer, visitor: KeywordVisitor): void {
    const wide = level.kernel.wide();
    for (let at = 0; at < wide.length; at += 1) {
      const place = wide[at] ?? 0;
      if (place + 7 > content.length) continue;
      const windows = tables.windows.get(hashWindow(wideWordAt(content, place), 'bitmap')) ?? NONE;
      compare(level, content, windows, place, 2, visitor);
    }
  }

  return {
    look(content, visitor, depth = 0) {
      levels[depth] ??= {
        kernel: createKernel(tables),
        last: new Int32Array(2 * keywords.length).fill(-1),
        seen: [],
      };
      const level = levels[depth];
      const { kernel, last, seen } = level;
      let newlines = 0;
      for (let start = 0; start < content.length; start += CHUNK_BYTES) {
        kernel.load(content, start);
        newlines += kernel.newlines();
        compareNarrow(level, content, visitor);
        compareWide(level, content, visitor);
        tellPlaces(kernel, visitor);
      }
      for (const slot of seen) {
        visitor.keyword(slot >> 1, last[slot] ?? 0, slot % 2 === 0 ? 1 : 2, content.length);
        last[slot] = -1;
      }
      seen.length = 0;
      return newlines;
    },
  };
}

/** What stands in the chunk but literals. */
function tellPlaces(kernel: Kernel, visitor: KeywordVisitor): void {
  const runs = kernel.runs();
  const count = runs.length;
  for (let at = 0; at < count; at += 2) visitor.run(runs[at] ?? 0, runs[at + 1] ?? 0);
  const escapes = kernel.escapes();
  for (let at = 0; at < escapes.length; at += 1) visitor.escape(escapes[at] ?? 0);
  const unseen = kernel.unseen();
  for (let at = 0; at < unseen.length; at += 1) visitor.unseen(unseen[at] ?? 0);
}

const NONE: readonly LiteralWindow[] = [];

/** Tells those of its spellings that stand at `offset`. */
function tellSpellings(
  level: Level,
  content: Buffer,
  { spellings }: Needle,
  offset: number,
  width: 1 | 2,
  visitor: KeywordVisitor,
): void {
  for (let at = 0; at < spellings.length; at += 1) {
    const one = spellings[at];
    if (one === undefined) continue;
    if (one.exact === null || isExactlyAt(content, offset, width, one.exact)) {
      tell(level, one.number, offset, width, visitor);
    }
  }
}

/** Tells the place before of this keyword, now that it is known how far that reaches. */
function tell(
  { last, seen }: Level,
  number: number,
  offset: number,
  width: 1 | 2,
  visitor: KeywordVisitor,
): void {
  const slot = 2 * number + width - 1;
  const before = last[slot] ?? -1;
  if (before === -1) seen.push(slot);
  else visitor.keyword(number, before, width, offset);
  last[slot] = offset;
}

/** Four characters of UTF-16; the first is the lowest byte. */
function wideWordAt(content: Buffer, place: number): number {
  return (
    (content[place] ?? 0) |
    ((content[place + 2] ?? 0) << 8) |
    ((content[place + 4] ?? 0) << 16) |
    ((content[place + 6] ?? 0) << 24)
  );
}

/** What a kernel tells of by number: its compared bytes stand at a place. */
interface Suspect {
  readonly needle: Needle;
  readonly start: number;
  /** Those bytes are all of it. */
  readonly isWhole: boolean;
  /** Windows behind it in the list of its hash whose literals may stand at the same place. */
  readonly others: readonly LiteralWindow[];
}

/** By the numbers of a kernel, which begin with 1. */
function createSuspects(
  tables: LiteralTables,
  needles: readonly Needle[],
): readonly (Suspect | undefined)[] {
  const suspects: (Suspect | undefined)[] = [undefined];
  for (const list of tables.windows.values()) {
    for (const [at, window] of list.entries()) {
      const needle = needles[window.literal];
      // there is one for each; a number must not be left out
      if (needle === undefined) throw new TypeError('a window is of no keyword');
      const others = list.slice(at + 1).filter((other) => {
        const text = needles[other.literal]?.text;
        return text !== undefined && mayStandTogether(needle.text, window, text, other);
      });
      const isWhole = needle.text.length <= COMPARED_BYTES;
      suspects.push({ needle, start: window.start, isWhole, others });
    }
  }
  return suspects;
}

/** Whether the compared bytes of one literal leave room for another one, all in small letters, when
 * their windows are at one place. */
function mayStandTogether(
  text: string,
  { start, from }: LiteralWindow,
  others: string,
  other: LiteralWindow,
): boolean {
  const shift = other.start - start;
  const first = Math.max(from, -shift);
  const end = Math.min(from + COMPARED_BYTES, text.length, others.length - shift);
  return text.slice(first, end) === others.slice(first + shift, end + shift);
}

/** What looking at one text needs; texts inside of texts have their own. */
interface Level {
  readonly kernel: Kernel;
  /** The place before, for each keyword and width; -1 when there is none. */
  readonly last: Int32Array;
  /** Where `last` is not -1. */
  readonly seen: number[];
}

/** A keyword in all its spellings. */
interface Needle {
  /** What the kernel looks for: as it is written where that is the only way. */
  readonly literal: Literal;
  /** In small letters. */
  readonly text: string;
  /** By number of the keyword; `exact` is null when capitals do not matter. */
  readonly spellings: readonly { readonly number: number; readonly exact: string | null }[];
}

function createNeedles(keywords: readonly Literal[]): readonly Needle[] {
  const byText = new Map<string, { readonly number: number; readonly exact: string | null }[]>();
  for (const [number, { text, ignoreCase }] of keywords.entries()) {
    const lower = text.toLowerCase();
    const spelling = { number, exact: ignoreCase ? null : text };
    const known = byText.get(lower);
    if (known === undefined) byText.set(lower, [spelling]);
    else known.push(spelling);
  }
  return Array.from(byText, ([text, spellings]) => {
    const [first] = spellings;
    const only = spellings.length === 1 ? (first?.exact ?? null) : null;
    const runsOn = spellings.every(({ number }) => keywords[number]?.runsOn === true);
    return { literal: { text: only ?? text, ignoreCase: only === null, runsOn }, text, spellings };
  });
}

function isThere(content: Buffer, offset: number, width: 1 | 2, needle: Needle): boolean {
  if (!isAt(content, offset, width, needle)) return false;
  const { literal, text } = needle;
  return literal.runsOn !== true || width !== 1 || isRunOn(content, offset + text.length);
}

function isAt(content: Buffer, offset: number, width: 1 | 2, { text }: Needle): boolean {
  const { length } = text;
  if (offset < 0 || offset + (length - 1) * width >= content.length) return false;
  for (let at = 0; at < length; at += 1) {
    const place = offset + at * width;
    const [byte, wanted] = [content[place] ?? 0, text.charCodeAt(at)];
    // what a capital is in small letters
    const folded = wanted >= 0x61 && wanted <= 0x7a ? byte | 0x20 : byte;
    if (folded !== wanted) return false;
    // no NUL is wanted after the last one: in big endian it may be the end of the text
    if (width === 2 && at + 1 < length && content[place + 1] !== 0) return false;
  }
  return true;
}

function isExactlyAt(content: Buffer, offset: number, width: 1 | 2, exact: string): boolean {
  for (let at = 0; at < exact.length; at += 1) {
    if (content[offset + at * width] !== exact.charCodeAt(at)) return false;
  }
  return true;
}
