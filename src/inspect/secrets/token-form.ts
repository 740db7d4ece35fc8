/**
 * How a token is written: a list of parts, from which its pattern and its examples are made. So a
 * rule says a format once, and no file of ours holds a token.
 */

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';

/** Named sets of characters: `set` as it stands in a class of a pattern, `all` one by one. */
const ALPHABETS = {
  digit: { set: '0-9', all: DIGITS },
  hex: { set: '0-9a-f', all: `${DIGITS}abcdef` },
  HEX: { set: '0-9A-F', all: `${DIGITS}ABCDEF` },
  anyHex: { set: '0-9A-Fa-f', all: `${DIGITS}abcdef` },
  lower: { set: 'a-z', all: LOWER },
  upper: { set: 'A-Z', all: UPPER },
  letter: { set: 'A-Za-z', all: UPPER + LOWER },
  lowerDigit: { set: 'a-z0-9', all: LOWER + DIGITS },
  upperDigit: { set: 'A-Z0-9', all: UPPER + DIGITS },
  alnum: { set: 'A-Za-z0-9', all: UPPER + LOWER + DIGITS },
  word: { set: 'A-Za-z0-9_', all: `${UPPER}${LOWER}${DIGITS}_` },
  dashed: { set: 'A-Za-z0-9-', all: `${UPPER}${LOWER}${DIGITS}-` },
  dotted: { set: 'A-Za-z0-9_.-', all: `${UPPER}${LOWER}${DIGITS}_.-` },
  base32: { set: 'A-Z2-7', all: `${UPPER}234567` },
  base32Lower: { set: 'a-z2-7', all: `${LOWER}234567` },
  base58: {
    set: '1-9A-HJ-NP-Za-km-z',
    all: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  },
  base64: { set: 'A-Za-z0-9+/', all: `${UPPER}${LOWER}${DIGITS}+/` },
  base64Pad: { set: 'A-Za-z0-9+/=', all: `${UPPER}${LOWER}${DIGITS}+/` },
  urlPad: { set: 'A-Za-z0-9+/=_-', all: `${UPPER}${LOWER}${DIGITS}_-` },
  aToPCapital: { set: 'A-P', all: UPPER.slice(0, 16) },
  aToP: { set: 'a-p', all: LOWER.slice(0, 16) },
  base64Url: { set: 'A-Za-z0-9_-', all: `${UPPER}${LOWER}${DIGITS}_-` },
  bech32: { set: 'ac-hj-np-z02-9', all: 'acdefghjklmnpqrstuvwxyz023456789' },
  BECH32: { set: 'AC-HJ-NP-Z02-9', all: 'ACDEFGHJKLMNPQRSTUVWXYZ023456789' },
  /** Base64 as it stands in addresses and cookies. */
  percent: { set: 'A-Za-z0-9+/%', all: `${UPPER}${LOWER}${DIGITS}+/%` },
  secret: { set: 'A-Za-z0-9_.~-', all: `${UPPER}${LOWER}${DIGITS}_.~-` },
} as const;

/** The name of a set of characters. */
export type Alphabet = keyof typeof ALPHABETS;

/** So many characters of an alphabet. */
interface Run {
  readonly alphabet: Alphabet;
  readonly least: number;
  readonly most: number;
}

/** A literal, one of several literals, or a run. */
export type Part = string | readonly string[] | Run;

/** `least` to `most` characters; exactly `least` without `most`. */
export function run(alphabet: Alphabet, least: number, most: number = least): Run {
  return { alphabet, least, most };
}

/**
 * A prefix of two to four characters at the start of a string, behind an equals sign or behind the name
 * of a line of YAML: elsewhere names of all kinds begin so.
 */
export function quoted(prefix: string): readonly string[] {
  return ['"', "'", '`', '=', ': '].map((sign) => sign + prefix);
}

/** The parts of a UUID; samples are in small letters. */
export const UUID_PARTS: readonly Part[] = [
  run('anyHex', 8),
  '-',
  run('anyHex', 4),
  '-',
  run('anyHex', 4),
  '-',
  run('anyHex', 4),
  '-',
  run('anyHex', 12),
];

/** How many characters an alphabet has. */
export function sizeOf(alphabet: Alphabet): number {
  return ALPHABETS[alphabet].all.length;
}

/** The characters of an alphabet, one by one, in both cases where it takes both. */
export function charactersOf(alphabet: Alphabet): readonly string[] {
  return alphabet === 'anyHex' ? [...`${DIGITS}abcdefABCDEF`] : [...ALPHABETS[alphabet].all];
}

/** The characters of an alphabet as they stand in a class of a pattern. */
export function setOf(alphabet: Alphabet): string {
  return ALPHABETS[alphabet].set;
}

/** Whether an alphabet has no other characters than base64 and base64url together. */
export function isBase64(alphabet: Alphabet): boolean {
  return /^[A-Za-z0-9+/_-]*$/.test(ALPHABETS[alphabet].all + ALPHABETS[alphabet].set);
}

/** The run that has most characters, whose randomness is evidence; null when there is none. */
export function longestRun(parts: readonly Part[]): Run | null {
  const runs = parts.filter(isRun);
  return runs.reduce<Run | null>(
    (longest, one) => (longest === null || one.least > longest.least ? one : longest),
    null,
  );
}

/** The source of a pattern for these parts. The longest run is the group `random`. */
export function patternOf(parts: readonly Part[]): string {
  const random = longestRun(parts);
  return parts
    .map((part) => {
      if (!isRun(part)) return `(?:${literalsOf(part).map(escapePattern).join('|')})`;
      const { alphabet, least, most } = part;
      const count = least === most ? `{${least}}` : `{${least},${most}}`;
      const source = `[${setOf(alphabet)}]${count}`;
      return part === random ? `(?<random>${source})` : source;
    })
    .join('');
}

/** The most characters that these parts can have. */
export function reachOf(parts: readonly Part[]): number {
  return parts
    .map((part) => (isRun(part) ? part.most : Math.max(...lengthsOf(part))))
    .reduce((sum, length) => sum + length, 0);
}

/** The fewest characters that these parts can have. */
export function leastOf(parts: readonly Part[]): number {
  return parts
    .map((part) => (isRun(part) ? part.least : Math.min(...lengthsOf(part))))
    .reduce((sum, length) => sum + length, 0);
}

function lengthsOf(part: string | readonly string[]): readonly number[] {
  return literalsOf(part).map((one) => one.length);
}

/** A literal part as the list of what it may be. */
export function literalsOf(part: string | readonly string[]): readonly string[] {
  return typeof part === 'string' ? [part] : part;
}

/** Whether a part is a run, not a literal. */
export function isRun(part: Part): part is Run {
  return typeof part === 'object' && 'alphabet' in part;
}

/** Text of these parts, the same for the same `seed`; runs have their least length. */
export function sampleOf(parts: readonly Part[], seed: string): string {
  const next = createDice(seed);
  return parts
    .map((part) => {
      if (!isRun(part)) return literalsOf(part)[0] ?? '';
      const { all } = ALPHABETS[part.alphabet];
      return Array.from({ length: part.least }, () => all[next() % all.length] ?? '').join('');
    })
    .join('');
}

/** Numbers below 2^16 that look random (FNV-1a of the seed, then a linear congruence). */
function createDice(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const character of seed) {
    state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 16;
  };
}

/** A literal as it stands in a pattern. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
