import { isCode } from '../file-kind.ts';
import { fileExample } from '../packed-file.ts';
import type { EntryRule } from '../rule.ts';

/** Wider than any window; AsyncAPI's payload stood behind about 700 blanks. */
const BLANKS = 200;
const NEEDLE = Buffer.alloc(BLANKS, ' ');
const TABS = Buffer.alloc(100, '\t');
/** Places that are looked at in one file. */
const PLACES_MAX = 20;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'offscreen-code',
  version: 1,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about: 'Code behind 200 blanks or more on one line, where no editor and no review shows it',
  attack:
    'A payload is pushed out of the window to the right: rand-user-agent 1.0.110 / 2.0.83..84 (I21), validator.js of AsyncAPI: 5 versions (I53)',
  mend: 'Look at the line with the blanks squeezed, and remove what stands there',
  *check({ path, kind, content }) {
    if (kind !== 'file' || !isCode(path)) return;
    if (!mayHoldBlanks(content)) return;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    const line = findOffscreen(bytes, NEEDLE) ?? findOffscreen(bytes, TABS);
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
      { about: 'text', make: () => fileExample('a.md', `a${' '.repeat(400)}b`) },
    ],
  },
};

/** Whether any hundred bytes in a row may all be blank: every hundredth is looked at, then those
 * around it. Nearly all code is done with that, which is less than a search. */
function mayHoldBlanks(content: Uint8Array): boolean {
  for (let at = TABS.length - 1; at < content.length; at += TABS.length) {
    if (!isBlank(content[at])) continue;
    let length = 1;
    for (let left = at - 1; length < TABS.length && isBlank(content[left]); left -= 1) length += 1;
    for (let right = at + 1; length < TABS.length && isBlank(content[right]); right += 1) {
      length += 1;
    }
    if (length >= TABS.length) return true;
  }
  return false;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

/** The 1-based line of the first run of blanks with code after it; null where there is none. */
function findOffscreen(bytes: Buffer, needle: Buffer): number | null {
  let at = bytes.indexOf(needle);
  for (let places = 0; at !== -1 && places < PLACES_MAX; places += 1) {
    let end = at + needle.length;
    while (bytes[end] === 0x20 || bytes[end] === 0x09) end += 1;
    const after = bytes.toString('latin1', end, end + 40);
    const quoted = isQuoted(bytes, at, after);
    if (!quoted && /^(?!\/\/|\/?\*|#|<!--|[\r\n]|$)[^\s]/.test(after) && looksLikeCode(after)) {
      return bytes.subarray(0, at).toString('latin1').split('\n').length;
    }
    at = bytes.indexOf(needle, end);
  }
  return null;
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
