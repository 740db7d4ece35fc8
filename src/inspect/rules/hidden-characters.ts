import { call, isCode } from '../artifact/file-kind.ts';
import { fileExample } from '../artifact/packed-file.ts';
import type { EntryProblem, EntryRule } from '../rule.ts';
import {
  ANY_UNSEEN,
  BIDI,
  type CodeRange,
  FILLERS,
  INVISIBLE,
  isUnseen,
} from '../search/prefilter/unseen.ts';

/** Invisible characters in a row from where on they are a text of their own. */
const RUN_LEAST = 16;

/**
 * What can turn the order of a line: embeddings, overrides and isolates from right to left, marks and
 * letters of that direction. Where none of it stands, those from left to right, and what ends them,
 * leave all levels even, so that nothing is shown elsewhere (UAX #9, rule L2).
 */
const RIGHT_TO_LEFT =
  /[\u202b\u202e\u2067\u2068\u200f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Bytes of a line above which nobody reads it. */
const LINE_READ = 1000;
const LINE_FEED = 0x0a;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'hidden-characters',
  version: 5,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about:
    'Characters in code that change what people see and not what runs: bidirectional controls, runs of invisible characters, and a name that nobody sees',
  attack:
    'A reviewer reads other code than the machine (Trojan Source, CVE-2021-42574), or a payload is written in characters that no editor shows; the reviewer of two is then fooled, as in the obfuscated code of node-ipc 9.1.6 / 9.2.3 / 12.0.1 (I46)',
  mend: 'Write such characters as escapes (\\u202e), so that everybody sees them',
  words: [ANY_UNSEEN],
  everyWindow: true,
  *check({ path, kind, content }, _, __, placesOf) {
    if (kind !== 'file' || !isCode(path)) return;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    const problem = problemOf(bytes, placesOf(ANY_UNSEEN) ?? searchUnseen(bytes));
    if (problem !== null) yield problem;
  },
  examples: {
    bad: [
      {
        about: 'an override in a comment',
        make: () => fileExample('package/a.js', 'a(); /* \xe2\x80\xae } \xe2\x81\xa6 if (x) */\n'),
      },
      {
        about: 'an override behind controls that turn nothing',
        make: () =>
          fileExample('package/a.js', '/*\xe2\x80\xaa\xe2\x80\xac\xe2\x80\xae } x */ a();\n'),
      },
      {
        about: 'letters from right to left that are overridden',
        make: () => fileExample('package/a.js', 'if (a == "\xe2\x80\xad\xd7\x90\xd7\x91") b();\n'),
      },
      {
        about: 'an isolate from right to left in the last line of many',
        make: () =>
          fileExample(
            'package/a.js',
            `${'"\xe2\x80\xaa";\n'.repeat(99)}/* \xe2\x81\xa7 x */ a();\n`,
          ),
      },
      {
        about: 'a payload of variation selectors',
        make: () =>
          fileExample('package/a.js', `${call('eval')}d("${'\xf3\xa0\x84\x80'.repeat(20)}"))`),
      },
      {
        about: 'a payload of fillers',
        make: () =>
          fileExample(
            'package/a.min.js',
            `${'a=1;'.repeat(400)}d("${'\xe3\x85\xa4\xef\xbe\xa0'.repeat(20)}")`,
          ),
      },
      {
        about: 'a name that nobody sees',
        make: () => fileExample('package/a.js', 'const { timeout,\xe3\x85\xa4} = request.query;\n'),
      },
    ],
    fine: [
      { about: 'umlauts', make: () => fileExample('package/a.js', '"\xc3\xa4\xe2\x80\x93"') },
      { about: 'an emoji with a selector', make: () => fileExample('a.py', '"\xef\xb8\x8f"') },
      {
        about: 'a table of text in minified code',
        make: () =>
          fileExample(
            'package/a.min.js',
            `var a=/[\xe2\x80\xaa-\xe2\x80\xae]/;${'a=1;'.repeat(400)}`,
          ),
      },
      {
        about: 'ranges of letters that are written from left to right',
        make: () =>
          fileExample('package/a.js', 'b = `[!-\xe2\x80\xa7\xe2\x80\xaa-\xed\x9f\xbf]`;\n'),
      },
      {
        about: 'the end of an embedding that none began',
        make: () => fileExample('package/a.js', 't = [\n  "\xe2\x80\xac",\n  "\xd7\x90",\n];\n'),
      },
      { about: 'the same as escapes', make: () => fileExample('package/a.js', '"\\u202e"') },
    ],
  },
};

/** `places` are those where a character may begin that nobody sees. */
function problemOf(bytes: Buffer, places: readonly number[]): EntryProblem | null {
  const line = (at: number) => `line ${lineOf(bytes, at)}`;
  const isTurned = createTurned(bytes);
  const bidi = places.find((at) => isBidi(bytes, at) && isRead(bytes, at) && isTurned(at));
  if (bidi !== undefined) {
    return { message: `${line(bidi)} holds a character that turns the order of what is shown` };
  }
  const filler = places.find((at) => isName(bytes, at) && isRead(bytes, at));
  if (filler !== undefined) {
    return { message: `${line(filler)} holds a letter that nobody sees, which may be a name` };
  }
  const run = places.find((at) => isRun(bytes, at));
  if (run === undefined) return null;
  return { message: `${line(run)} holds a run of characters that nobody sees` };
}

/** Where nobody kept the places. */
function searchUnseen(bytes: Buffer): readonly number[] {
  const places: number[] = [];
  for (const [at] of bytes.entries()) if (isUnseen(bytes, at)) places.push(at);
  return places;
}

function isRun(bytes: Buffer, start: number): boolean {
  let end = start;
  for (let count = 0; count < RUN_LEAST; count += 1) {
    const length = invisibleAt(bytes, end);
    if (length === 0) return false;
    end += length;
  }
  return true;
}

function isBidi(bytes: Buffer, at: number): boolean {
  return isIn(BIDI, codeAt(bytes, at)[0]);
}

/** Whether the line around a place may be shown in another order; of places in ascending order, since
 * each line is looked at once. It is one that people read, and so no longer than that. */
function createTurned(bytes: Buffer): (at: number) => boolean {
  let end = 0;
  let isTurned = false;
  return (at) => {
    if (at < end) return isTurned;
    const next = bytes.indexOf(LINE_FEED, at);
    end = next === -1 ? bytes.length : next;
    isTurned = RIGHT_TO_LEFT.test(
      bytes.toString('utf8', bytes.lastIndexOf(LINE_FEED, at) + 1, end),
    );
    return isTurned;
  };
}

function isIn(ranges: readonly CodeRange[], code: number): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to);
}

/** The code point of a sequence of two to four bytes, and its length; 0 for none. */
function codeAt(bytes: Buffer, at: number): readonly [code: number, length: number] {
  const lead = bytes[at] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  let code = lead & (0xff >> (length + 1));
  for (let more = 1; more < length; more += 1)
    code = (code << 6) | ((bytes[at + more] ?? 0) & 0x3f);
  return [code, length];
}

/** A filler between characters of code: a name. In texts others of their kind stand around it. */
function isName(bytes: Buffer, at: number): boolean {
  const [code, length] = codeAt(bytes, at);
  if (!FILLERS.includes(code)) return false;
  return [at - 1, at + length].every((place) =>
    CODE_SIGN.test(String.fromCharCode(bytes[place] ?? 0)),
  );
}

const CODE_SIGN = /[\s,;:.(){}[\]=+*/&|!?<>-]/;

/** Bytes of an invisible character here; 0 for any other. */
function invisibleAt(bytes: Buffer, at: number): number {
  const [code, length] = codeAt(bytes, at);
  return isIn(INVISIBLE, code) ? length : 0;
}

/** Whether the line is one that people read: in minified ones nothing is shown in order anyway, and
 * libraries of text hold such characters there. */
function isRead(bytes: Buffer, at: number): boolean {
  // no further than that: a file may be one line of nothing but such characters
  const from = Math.max(0, at - LINE_READ);
  const around = bytes.subarray(from, at + LINE_READ + 1);
  const end = around.indexOf(LINE_FEED, at - from);
  return (
    (end === -1 ? around.length : end) - around.lastIndexOf(LINE_FEED, at - from) - 1 <= LINE_READ
  );
}

function lineOf(bytes: Buffer, offset: number): number {
  return bytes.toString('latin1', 0, offset).split('\n').length;
}
