import { isCode } from '../artifact/file-kind.ts';
import { fileExample } from '../artifact/packed-file.ts';
import type { EntryRule } from '../rule.ts';

/** Wider than any window; AsyncAPI's payload stood behind about 700 blanks. A tab counts as two. */
const BLANKS = 200;
const TAB_WIDTH = 2;
/** The least bytes of such a run. */
const RUN_BYTES = BLANKS / TAB_WIDTH;
/** Bytes behind a run that a remark may take. */
const REMARK_BYTES = 2000;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'offscreen-code',
  version: 4,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about: 'Code behind 200 blanks or more on one line, where no editor and no review shows it',
  attack:
    'A payload is pushed out of the window to the right: rand-user-agent 1.0.110 / 2.0.83..84 (I21), validator.js of AsyncAPI: 5 versions (I53)',
  mend: 'Look at the line with the blanks squeezed, and remove what stands there',
  everyWindow: true,
  *check({ path, kind, content }) {
    if (kind !== 'file' || !isCode(path)) return;
    if (!mayHoldBlanks(content)) return;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    const line = findOffscreen(bytes);
    if (line !== null) yield { message: `line ${line} has code behind ${BLANKS} blanks or more` };
  },
  examples: {
    bad: [
      {
        about: 'a statement far to the right',
        make: () => fileExample('package/a.js', `ok();\nok();${' '.repeat(700)}evil();\n`),
      },
      {
        about: 'a statement behind tabs in Python',
        make: () => fileExample('a.py', `x = 1${'\t'.repeat(150)};import os\n`),
      },
      {
        about: 'the only statement of its line',
        make: () => fileExample('package/a.cjs', `a();\n${' '.repeat(20_000)}evil();\n`),
      },
      ...[
        `${' '.repeat(150)}\t`.repeat(4),
        '\xc2\xa0'.repeat(400),
        '\xe3\x80\x80 '.repeat(150),
        `${' '.repeat(300)}/* a *//**/ `,
      ].map((blanks, at) => ({
        about: `a statement behind blanks of kind ${at + 1}`,
        make: () => fileExample('package/a.js', `ok();${blanks}evil();\n`),
      })),
      {
        about: 'a statement behind many blanks that are harmless',
        make: () =>
          fileExample(
            'package/a.js',
            `${`a();${' '.repeat(250)}// a\n`.repeat(100)}a();${' '.repeat(250)}evil();\n`,
          ),
      },
    ],
    fine: [
      { about: 'ordinary code', make: () => fileExample('package/a.js', '        deep();\n') },
      {
        about: 'blanks at the end of a line',
        make: () => fileExample('package/a.js', `a();${' '.repeat(400)}\nb();`),
      },
      {
        about: 'a constant of blanks',
        make: () => fileExample('package/a.js', `const pad = "${' '.repeat(400)}";`),
      },
      {
        about: 'a remark far to the right',
        make: () => fileExample('package/a.js', `a();${' '.repeat(300)}// remark\n`),
      },
      {
        about: 'the frame of a table in a comment',
        make: () => fileExample('package/a.js', `/**\n| a${' '.repeat(300)}|\n| b |\n*/\n`),
      },
      { about: 'text', make: () => fileExample('a.md', `a${' '.repeat(400)}b`) },
    ],
  },
};

/** Whether any hundred bytes in a row may all be blank: every hundredth is looked at, then those
 * around it. Nearly all code is done with that, which is less than a search. */
function mayHoldBlanks(content: Uint8Array): boolean {
  const { length } = content;
  for (let at = RUN_BYTES - 1; at < length; at += RUN_BYTES) {
    if (!isBlank(content[at])) continue;
    let blanks = 1;
    for (let left = at - 1; blanks < RUN_BYTES && isBlank(content[left]); left -= 1) blanks += 1;
    for (let right = at + 1; blanks < RUN_BYTES && isBlank(content[right]); right += 1) {
      blanks += 1;
    }
    if (blanks >= RUN_BYTES) return true;
  }
  return false;
}

/** Of the blanks of languages and of Unicode any byte: those of other characters are told later. */
function isBlank(byte: number | undefined): boolean {
  return byte !== undefined && BLANK_BYTES[byte] === 1;
}

/** In UTF-8: no-break space, Ogham space, those from U+2000 on, ideographic space, byte order mark. */
const WIDE_BLANKS = [
  ...['\u00a0', '\u1680', '\u202f', '\u205f', '\u3000', '\ufeff'],
  ...Array.from({ length: 11 }, (_, at) => String.fromCharCode(0x2000 + at)),
].map((one) => Buffer.from(one));
const BLANK_BYTES = new Uint8Array(256);
for (const byte of [0x20, 0x09, 0x0b, 0x0c, ...WIDE_BLANKS.flatMap((one) => [...one])]) {
  BLANK_BYTES[byte] = 1;
}

/** Bytes of the blank at an offset; 0 where there is none. */
function blankAt(bytes: Buffer, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte === 0x20 || byte === 0x09 || byte === 0x0b || byte === 0x0c) return 1;
  if (byte < 0x80 || BLANK_BYTES[byte] !== 1) return 0;
  return (
    WIDE_BLANKS.find((one) => one.every((part, index) => bytes[at + index] === part))?.length ?? 0
  );
}

/** The 1-based line of the first run of blanks with code after it; null where there is none. */
function findOffscreen(bytes: Buffer): number | null {
  for (let at = 0; at < bytes.length; at += 1) {
    let end = at;
    let width = 0;
    for (let length = blankAt(bytes, end); length > 0; length = blankAt(bytes, end)) {
      width += bytes[end] === 0x09 ? TAB_WIDTH : 1;
      end += length;
    }
    if (width >= BLANKS && isCodeAt(bytes, at, end)) {
      return bytes.toString('latin1', 0, at).split('\n').length;
    }
    at = Math.max(at, end);
  }
  return null;
}

function isCodeAt(bytes: Buffer, start: number, end: number): boolean {
  const after = behindRemarks(bytes.toString('latin1', end, end + REMARK_BYTES));
  if (isQuoted(bytes, start, after)) return false;
  return /^(?!\/\/|\/\*|\*(?:[*/\s]|$)|#|<!--|[\r\n]|$)[^\s]/.test(after) && looksLikeCode(after);
}

/** What follows on the line behind remarks that end on it. */
function behindRemarks(text: string): string {
  let left = text;
  for (let end = endOfRemark(left); end !== -1; end = endOfRemark(left)) {
    left = left.slice(end).replace(/^[ \t]+/, '');
  }
  return (/^[^\r\n]{0,40}/.exec(left) ?? [''])[0];
}

function endOfRemark(text: string): number {
  const [, remark] = /^(\/\*[^\r\n]*?\*\/)/.exec(text) ?? [];
  return remark?.length ?? -1;
}

/** Padding constants and tables: the run stands directly inside of quotes. */
function isQuoted(bytes: Buffer, at: number, after: string): boolean {
  const before = bytes.toString('latin1', Math.max(0, at - 1), at);
  return /["'`]/.test(before) && /^["'`]/.test(after);
}

/** A call, an assignment or a statement, and no drawing of bars and dashes. */
function looksLikeCode(after: string): boolean {
  return /[A-Za-z_$;(!]/.test(after.slice(0, 12));
}
