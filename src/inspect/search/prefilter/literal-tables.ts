/**
 * What the prefilter knows of its literals. Each is told by the four bytes of it that are rarest in
 * code. A table over one hash of four bytes finds candidates: a byte for the upper bits of the hash,
 * two bits of it for the lower four (a Bloom filter in one byte). A bitmap over another hash thins
 * them out.
 * Both cost the same for a thousand literals as for one, which nibble tables ("Teddy") do not.
 */

/** A text to look for, at least WINDOW_LENGTH characters: ASCII, and other bytes that are no letters
 * of Latin-1. */
export interface Literal {
  readonly text: string;
  /** Capital and small letters are the same. */
  readonly ignoreCase: boolean;
  /** It counts only where RUN_ON_BYTES of base64 or base64url follow, up to a backslash: behind one
   * stands an escape, which may be anything. */
  readonly runsOn?: boolean;
}

/** Bytes that are looked at behind a literal that `runsOn`. */
export const RUN_ON_BYTES = 16;

/** Longest literal that `runsOn`: with what follows it lies in the padding of a chunk. */
const RUNNING_MAX = 48;

/** Bytes that tell a literal. */
const WINDOW_LENGTH = 4;

/** Bytes around a window that a kernel compares, fewer where the literal is shorter: they tell most. */
export const COMPARED_BYTES = 16;

/** Factors and bits of the two hashes. */
export const HASHES = {
  table: { factor: 0x9e3779b1, bits: 19 },
  bitmap: { factor: 0x85ebca6b, bits: 16 },
} as const;

/** Two bits of eight for each number of four bits: no two of these are alike. */
export const PATTERNS: readonly number[] = [
  ...[0x03, 0x05, 0x09, 0x11, 0x21, 0x41, 0x81, 0x06],
  ...[0x0a, 0x12, 0x22, 0x42, 0x82, 0x0c, 0x30, 0xc0],
];

/** Tables for all kernels. */
export interface LiteralTables {
  readonly literals: readonly Literal[];
  /** For each value of the first hash without its lower four bits, the patterns of those that windows
   * have, together. */
  readonly table: Uint8Array;
  /** The same for the second. */
  readonly bitmap: Uint8Array;
  /** By second hash of the window; mostly nothing. */
  readonly windows: readonly (readonly LiteralWindow[] | undefined)[];
}

/** The window of one literal, by number, and where in the literal it begins, and what is compared. */
export interface LiteralWindow {
  readonly literal: number;
  readonly start: number;
  readonly from: number;
}

/** The lists of `windows`, without what is empty. */
export function windowLists({ windows }: LiteralTables): readonly (readonly LiteralWindow[])[] {
  const lists: (readonly LiteralWindow[])[] = [];
  // by number: an iterator over so many, nearly all of them empty, takes milliseconds
  for (let hash = 0; hash < windows.length; hash += 1) {
    const list = windows[hash];
    if (list !== undefined) lists.push(list);
  }
  return lists;
}

/** All windows in the order in which a kernel numbers them, from 0 on: by hash, then as in the list. */
export function allWindows(tables: LiteralTables): readonly LiteralWindow[] {
  return windowLists(tables).flat();
}

/** A hash of four bytes, of which the first is the lowest; letters of either case are equal. */
export function hashWindow(word: number, hash: keyof typeof HASHES): number {
  const { factor, bits } = HASHES[hash];
  return Math.imul(word | 0x20202020, factor) >>> (32 - bits);
}

/** Throws a TypeError for a literal that is too short, of other characters, or runs on and is too long. */
export function createLiteralTables(literals: readonly Literal[]): LiteralTables {
  const windows: (LiteralWindow[] | undefined)[] = new Array(2 ** HASHES.bitmap.bits).fill(
    undefined,
  );
  const table = new Uint8Array(2 ** (HASHES.table.bits - 4));
  const bitmap = new Uint8Array(2 ** HASHES.bitmap.bits / 8);
  for (const [at, literal] of literals.entries()) {
    if (literal.runsOn === true && literal.text.length > RUNNING_MAX) {
      throw new TypeError(`a keyword that runs on has ${RUNNING_MAX} characters at most`);
    }
    const start = rarestWindow(literal);
    const word = Buffer.from(literal.text, 'latin1').readUInt32LE(start);
    const hash = hashWindow(word, 'bitmap');
    // what comes before the window is rarer than what follows it
    const from = Math.max(0, Math.min(start - 6, literal.text.length - COMPARED_BYTES));
    const window = { literal: at, start, from };
    const others = windows[hash];
    if (others === undefined) windows[hash] = [window];
    else others.push(window);
    setBit(bitmap, hash);
    const place = hashWindow(word, 'table');
    table[place >> 4] = (table[place >> 4] ?? 0) | (PATTERNS[place & 15] ?? 0);
  }
  return { literals, table, bitmap, windows };
}

function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
}

/** Bytes of source code and of packages, from frequent to rare; what is missing is rarest. */
const FREQUENT = Buffer.from(
  ' etnroisacldupmfhg.,;()="\'_-/bvy:{}0T1SCE2xkADRINOw[]PLM3*Fq456B879jzUVG<>W+H|X!&?YKQJZ@#$%^~`\\',
);
function weightOf(byte: number): number {
  // what is no text is mostly NULs
  const rank = byte === 0 ? 0 : FREQUENT.indexOf(byte);
  return 1 / (rank === -1 ? 200 : rank + 4);
}
/** Of a byte in either case. */
const WEIGHTS = Float64Array.from(
  { length: 256 },
  (_, byte) => weightOf(byte) + weightOf(byte ^ 0x20),
);

/** Windows that are frequent although their letters are not: seen thirty times or more in a million
 * bytes of packages, of literals that have a rarer one. */
const FREQUENT_WINDOWS: ReadonlySet<string> = new Set([
  ...'type cons ions valu requ ---- stri ring trin able sion odul modu equi quir oken toke ques pack ight ssio lass http llba work push tial ypes ack_ acka kind ckag kage tabl ttok assi stac ampl tack buck pass ivat mand riva mark priv rsta vate tps: s:// ps:/ ion_ ligh full sume umer witc stom usto cust _key flow cryp _tok onsu ptim nsum mpli auth ext_ _sta bina main port buil curs gram proj ekey city .key writ rvic ate_ publ atea forc sfor ntry cook eaaa _pro ult: buff scap comp ode( getc repo fini ubli ooki cape ompo ctio epor esca ion('.split(
    ' ',
  ),
  ...[
    '":"s',
    ' str',
    '", "',
    'ken"',
    'en":',
    '":"l',
    'key ',
    'n","',
    "', '",
    'ken ',
    'key"',
    'd":"',
    'ey":',
    '": "',
    'en",',
    'on":',
    'on",',
    'n":"',
    ' = (',
    'y":"',
    'y":{',
    's","',
    's":{',
    'ass ',
    'n":{',
    'n st',
    't","',
    't":{',
    ' key',
    'th =',
    'h = ',
  ],
]);
const AVOIDED = 1e6;

/** Where in the literal the four bytes begin that are seen least in what is scanned. */
function rarestWindow({ text }: Literal): number {
  if (text.length < WINDOW_LENGTH || !/^[\0-\xbf\xd7\xf7]*$/.test(text)) {
    throw new TypeError(
      `a keyword is bytes without letters above ASCII, ${WINDOW_LENGTH} or more: ${text}`,
    );
  }
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let start = 0; start + WINDOW_LENGTH <= text.length; start += 1) {
    let weight = 1;
    for (let at = start; at < start + WINDOW_LENGTH; at += 1) {
      weight *= WEIGHTS[text.charCodeAt(at)] ?? 0;
    }
    // whether it is a frequent one costs more to see, and does not count for most
    if (weight >= least) continue;
    const window = text.slice(start, start + WINDOW_LENGTH).toLowerCase();
    if (FREQUENT_WINDOWS.has(window)) weight *= AVOIDED;
    if (weight >= least) continue;
    best = start;
    least = weight;
  }
  return best;
}
