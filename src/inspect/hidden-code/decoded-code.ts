/**
 * Code that is decoded and then run, as far as its words show it: in JavaScript, Python and shells. A
 * search goes by a word, and a pattern is tried only where that stands.
 */
import { call } from '../artifact/file-kind.ts';
import { holds, type KnownWords, knownPlaces, placesOf } from '../search/word-places.ts';

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
];
/** What JavaScript starts programs with. */
const STARTER = 'child_process';
/** What a file holds in which anything of this is found. */
export const DECODING_WORDS: readonly string[] = [
  ...['curl ', 'wget '],
  ...DECODERS,
  ...PYTHON,
  STARTER,
];

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

/** The offset of the first text that is decoded and run; null where there is none. */
export function findDecoded(bytes: Buffer, path: string, found: KnownWords): number | null {
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
function runnersOf(bytes: Buffer, path: string, found: KnownWords): typeof DECODED {
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

/** Whether a decoded text is what is started: in Python near a long literal, in JavaScript as the
 * argument itself. */
export function startsDecoded(bytes: Buffer, path: string, found: KnownWords): boolean {
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
