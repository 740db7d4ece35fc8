import { isCode } from '../artifact/file-kind.ts';
import { fileExample } from '../artifact/packed-file.ts';
import { columnsOfBlanks, endOfBlanks, isBlankByte, TAB_WIDTH } from '../hidden-code/blank.ts';
import { createIndentation } from '../hidden-code/indentation.ts';
import { type BlankedLine, mayRun, REST_BYTES, tongueOf } from '../hidden-code/line-rest.ts';
import type { EntryRule } from '../rule.ts';

/** Wider than any window; AsyncAPI's payload stood behind about 700 blanks. */
const BLANKS = 200;
/** The least bytes of such a run. */
const RUN_BYTES = BLANKS / TAB_WIDTH;
const LINE_FEED = 0x0a;

const WIDE = ' '.repeat(300);
/** Lines that go to the right step by step, in blocks and in what nobody sees. */
const SEEN_WAY = Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}b${at}: {\n`).join('');
const UNSEEN_WAY = Array.from(
  { length: 40 },
  (_, at) => `${' '.repeat(8 * at)}\xe2\x80\x8b\n`,
).join('');

export const rule: EntryRule = {
  kind: 'entry',
  id: 'offscreen-code',
  version: 5,
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
    const line = findOffscreen(bytes, path);
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
      ...[
        `a();/*${WIDE}*/ evil();`,
        `/**\n${WIDE}* text */ evil();`,
        `a = 1${WIDE}* evil();`,
        `a();${WIDE}// ${'r'.repeat(3000)}\xe2\x80\xa8evil();`,
        `a();${WIDE}// remark\xe2\x80\xa8evil();`,
        `a();${WIDE}/* ${'r'.repeat(3000)} */ evil();`,
        `const pad = "${WIDE}"; evil();`,
        `/*\n${WIDE}two words */ evil();`,
        `t = \`\n${WIDE}two words \${evil()}\`;`,
        `t = "\\\n${WIDE}two words"; evil();`,
        `/*${WIDE}two words\xe2\x80\xa8evil();`,
        `t = /${WIDE}two words/; evil();`,
        `a();${WIDE}evil("two words");`,
        `a();${WIDE}await evil();`,
        `exec(\`\n${WIDE}evil -o example.com\n\`);`,
        `exec(\`\n${WIDE}// ; evil\n\`);`,
        `${' '.repeat(190)};\n${' '.repeat(205)}evil();`,
        `/*\n${UNSEEN_WAY}${WIDE}*/ evil();`,
      ].map((text, at) => ({
        about: `a statement that shows a remark, a text or a way to the right: ${at + 1}`,
        make: () => fileExample('package/a.js', `${text}\n`),
      })),
      ...[
        `a = 1${WIDE}// evil()`,
        `x = 'a'${WIDE}'b'; evil()`,
        `x = f"""\n${WIDE}two words {evil()}"""`,
        `x = """\n${WIDE}two words"""; evil()`,
        `if a${WIDE}and evil(): pass`,
      ].map((text, at) => ({
        about: `a statement in Python that shows a remark or a text: ${at + 1}`,
        make: () => fileExample('a.py', `${text}\n`),
      })),
      {
        about: 'a command of two words',
        make: () => fileExample('a.sh', `ok\n${WIDE}evil word\n`),
      },
      {
        about: 'a value in a text of Ruby',
        make: () => fileExample('a.rb', `x = "a${WIDE}#{evil}"\n`),
      },
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
      {
        about: 'a comment that a compiler has moved to the right',
        make: () =>
          fileExample(
            'package/a.js',
            `return a; }; /**\n${WIDE}* Render the list, {string} by {Item}\n${WIDE}* @author Ren\xc3\xa9 Example\n${WIDE}*/\nb();\n`,
          ),
      },
      {
        about: 'blocks in each other, and lines of them',
        make: () => fileExample('package/a.js', `${SEEN_WAY}\n${WIDE}a = f();\n`),
      },
      {
        about: 'a table of small numbers in a text',
        make: () =>
          fileExample('package/a.js', `t = "\x02${'\t'.repeat(150)}${'\x02'.repeat(3000)}";a()\n`),
      },
      {
        about: 'a constant of blanks in a wide line',
        make: () => fileExample('package/a.min.js', `${'a=1;'.repeat(80)}b="${WIDE}";c(b);`),
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
    if (!isBlankByte(content[at])) continue;
    let blanks = 1;
    for (let left = at - 1; blanks < RUN_BYTES && isBlankByte(content[left]); left -= 1)
      blanks += 1;
    for (let right = at + 1; blanks < RUN_BYTES && isBlankByte(content[right]); right += 1) {
      blanks += 1;
    }
    if (blanks >= RUN_BYTES) return true;
  }
  return false;
}

/** The 1-based line of the first run of blanks with code after it; null where there is none. */
function findOffscreen(bytes: Buffer, path: string): number | null {
  const tongue = tongueOf(path);
  const indentation = createIndentation(bytes);
  for (let at = 0; at < bytes.length; at += 1) {
    const end = endOfBlanks(bytes, at);
    const width = end - at < RUN_BYTES ? 0 : columnsOfBlanks(bytes, at, end);
    if (width >= BLANKS && mayRun(lineAround(bytes, at, end, tongue))) {
      const isStepped = bytes[at - 1] === LINE_FEED && indentation.isStepped(at, width);
      if (!isStepped) return bytes.toString('latin1', 0, at).split('\n').length;
    }
    at = Math.max(at, end);
  }
  return null;
}

function lineAround(
  bytes: Buffer,
  start: number,
  end: number,
  tongue: BlankedLine['tongue'],
): BlankedLine {
  const [rest = ''] = /^[^\r\n]*/.exec(bytes.toString('latin1', end, end + REST_BYTES)) ?? [];
  const near = bytes.toString('latin1', Math.max(0, start - REST_BYTES), start);
  const before = near.slice(Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r')) + 1);
  const isIndent = near.endsWith('\n') && !/\\\r?\n$/.test(near.slice(-3));
  return { tongue, before, rest, isCut: rest.length === REST_BYTES, isIndent };
}
