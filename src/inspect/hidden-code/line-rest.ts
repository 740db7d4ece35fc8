/**
 * What stands on a line behind a run of blanks: something that runs, or a remark or text of which the
 * line itself shows that nothing in it runs, whatever stands in other lines. Who hides code knows all
 * of this; so where the line does not show it, it is code.
 */

/** Bytes behind a run that are looked at; what goes on after them is not known to be a remark. */
export const REST_BYTES = 2000;

/** What a remark begins with, and what two words in a row mean, are not the same everywhere. */
export type Tongue = 'script' | 'python' | 'shell' | 'php' | 'other';

const TONGUES: readonly (readonly [RegExp, Tongue])[] = [
  [/\.[cm]?[jt]sx?$/i, 'script'],
  [/\.pyw?$/i, 'python'],
  [/\.(?:sh|bash|zsh|pl|ps1|rb|gyp)$/i, 'shell'],
  [/\.php$/i, 'php'],
];

/** By the name of a file. */
export function tongueOf(path: string): Tongue {
  return TONGUES.find(([name]) => name.test(path))?.[1] ?? 'other';
}

/** A line around a run of blanks, each byte a character. */
export interface BlankedLine {
  readonly tongue: Tongue;
  /** What stands before the run on the line, or the end of it. */
  readonly before: string;
  /** What stands behind it, up to the line's end. */
  readonly rest: string;
  /** Whether the line goes on behind `rest`. */
  readonly isCut: boolean;
  /** Whether the run is where the line begins, and the line before it does not go on in this one. */
  readonly isIndent: boolean;
}

/** Whether anything behind the run may run. */
export function mayRun(line: BlankedLine): boolean {
  const { before, isCut } = line;
  const code = behindRemarks(line);
  if (code === '') return isCut;
  // a dash or a bar runs nothing: what runs has a name, calls something, or is a text with a tag
  if (!isCut && !/[A-Za-z_$(`\\\x80-\xff]/.test(code)) return false;
  if (TABLE.test(code)) return false;
  if (isConstant(before, code)) return false;
  return isCut || !isOfComment({ ...line, rest: code });
}

/** Control characters, which no code has: numbers of a table, packed into a text. */
const TABLE = /^[\x01-\x08\x0e-\x1f][\x01-\x20]{63}/;

/** What follows the remarks that `rest` begins with; empty where they take all of it. */
function behindRemarks(line: BlankedLine): string {
  const { tongue, rest, isCut } = line;
  let left = rest;
  if (tongue === 'script' || tongue === 'php') {
    // the first may have begun on another line
    for (let end = endOfRemark(left); end !== 0; end = endOfRemark(left)) {
      if (mayEndText(left.slice(0, end - 2), line)) return left;
      left = left.slice(end).replace(/^[ \t]+/, '');
    }
    if (left.startsWith('/*')) return isCut || mayEndText(left, line) ? left : '';
  }
  const isRest = !isCut && isRemark(left, tongue) && !mayEndText(left, line);
  return isRest ? '' : left;
}

/** Where a remark between signs ends that a text begins with; 0 where none does. */
function endOfRemark(text: string): number {
  const open = text.startsWith('/*') ? 2 : text.startsWith('*/') ? 0 : -1;
  const close = open === -1 ? -1 : text.indexOf('*/', open);
  return close === -1 ? 0 : close + 2;
}

/** Whether it looks like a remark up to the line's end. */
function isRemark(text: string, tongue: Tongue): boolean {
  switch (tongue) {
    case 'script':
      // U+2028 and U+2029 end it too
      return /^\/\/+(?:[\s#@!=*-]|$)/.test(text) && !/\xe2\x80[\xa8\xa9]/.test(text);
    case 'php':
      return /^(?:\/\/|#(?!\[))/.test(text) && !text.includes('?>');
    case 'python':
    case 'shell':
      return text.startsWith('#');
    case 'other':
      return false;
  }
}

/** What looks like a remark is none inside of a text, or of an earlier remark; whether it may end that,
 * or hold a value in it, by its signs. */
function mayEndText(remark: string, { tongue, before, isIndent }: BlankedLine): boolean {
  const text = remark.replaceAll(PLAIN_BRACES, ',');
  switch (tongue) {
    case 'script':
      // a template may be a text for a shell, which takes a remark for a command that fails
      if (/[`{]|\*\/|[;|&]\s*[^\s;|&]|\$\(/.test(text)) return true;
      return !isIndent && mayBeOpen(before, text.replace(/^\/[/*]/, ''), `"'/`);
    case 'python':
      if (/"""|'''|\{/.test(text)) return true;
      return !isIndent && mayBeOpen(before, text, `"'`);
    case 'php':
    case 'shell':
    case 'other':
      return /["'`{]|\$\(|\*\//.test(remark);
  }
}

/** Whether one of `signs` stands in the text that stood before it too, as far as that is known. */
function mayBeOpen(before: string, text: string, signs: string): boolean {
  const isKnown = before !== '' && before.length < REST_BYTES;
  return [...signs].some((sign) => text.includes(sign) && (!isKnown || before.includes(sign)));
}

/** Signs that fill a window: what stands behind so many is off screen without any blanks. */
const WIDE = /^(?:[^\x21-\x7e]*[\x21-\x7e]){200}/;

/** A text of blanks: the run stands directly inside of quotes, and nothing but signs follows them. On a
 * line that is wide before it the blanks hide no more than the line does. */
function isConstant(before: string, rest: string): boolean {
  const quote = before.at(-1);
  if (quote === undefined || !/["'`]/.test(quote) || !/^["'`]/.test(rest)) return false;
  return WIDE.test(before) || /^["'`][\s;,)\]}+:.]*$/.test(rest);
}

const WORD = String.raw`[A-Za-z_$][\w$]*`;
const PAIR = new RegExp(String.raw`(?<![\w$\x80-\xff])(${WORD}) +(?=(${WORD}))`, 'g');
/** No backslash, no control character, and no other line break (U+2028, U+2029). */
const PLAIN = /^(?:[\x20-\x5b\x5d-\x7e\x80-\xff](?<!\xe2\x80[\xa8\xa9]))*$/;
/** Types or names in braces: where they are values at all, they call nothing. */
const PLAIN_BRACES = /\{[\w.,|?*[\] ]*=?\}/g;
/** What ends a comment or a template, holds a value in it, or begins a command in a text for a shell. */
const ENDS = /\*\/|[`{};|&<>$]/;
/** What begins a text or a comment. */
const BEGINS = /["'/]/;

/**
 * A line that goes on in a comment, as compilers move them: a star, and words of which two stand side
 * by side as no code has them. So the line is inside of a comment or template, or the file does not
 * run; nothing on it ends that, and a shell that was given it would look for a command named `*`.
 * Without the star two words may be a command that a template holds.
 */
function isOfComment(line: BlankedLine): boolean {
  if (line.tongue !== 'script' || !line.isIndent) return false;
  const text = line.rest.replaceAll(PLAIN_BRACES, ',');
  if (!/^\*+ /.test(text) || !PLAIN.test(line.rest) || ENDS.test(text)) return false;
  const begin = text.search(BEGINS);
  for (const { index, 1: first = '', 2: second = '' } of text.matchAll(PAIR)) {
    if (begin !== -1 && begin < index) return false;
    if (!KEYWORDS.has(first) && !KEYWORDS.has(second)) return true;
  }
  return false;
}

/** Words that others stand beside in code, of TypeScript and Flow too. */
const KEYWORDS: ReadonlySet<string> = new Set(
  [
    'abstract accessor as assert asserts async await break case catch class component const continue',
    'debugger declare default defer delete do else enum export extends finally for from function get',
    'global hook if implements implies import in infer instanceof interface is keyof let module',
    'namespace new of opaque out override package private protected public readonly renders return',
    'satisfies set source static super switch this throw try type typeof unique using var void while',
    'with yield',
  ].flatMap((line) => line.split(' ')),
);
