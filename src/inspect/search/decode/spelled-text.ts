/**
 * Text that is written in a way of its own: by the numbers of its characters, as octal escapes of C,
 * Python and JavaScript (`\147`), entities of markup (`&#103;`) and lists of numbers; in parts, or
 * backwards. The search for keywords also looks for the signs here, which hardly anything else has.
 */
import type { Decoded } from './encoded-run.ts';
import { decodeJoined, JOINING_SIGNS } from './joined-strings.ts';
import { decodeNumberList } from './number-list.ts';
import { edgeOf, endsOf, REACH_BACK, REACH_ON } from './text-edge.ts';

const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** Escapes of small letters: tokens without any are rare. */
const OCTAL = range(0x60, 0x7a).map((code) => `\\${code.toString(8)}`);
/** Small letters, digits and the signs in tokens; a quote and a line feed are written so too. */
const ENTITIES = [...['10', '11', '12', '45', '95', '97', '98', '99'], ...range(48, 57)].map(
  (code) => `&#${code}`,
);
const HEX_ENTITIES = ['&#x2d', '&#x3', '&#x5', '&#x6', '&#x7'];
/** The first number of a list without white space before it: a letter. */
const BRACKETS = [
  ...range(100, 122).map((code) => `[${code}`),
  ...[...range(65, 90), 97, 98, 99].map((code) => `[${code},`),
  ...[4, 5, 6, 7].map((digit) => `[0x${digit}`),
];
/** What makes text of the list behind it. */
const CALLS = [
  ...['fromCharCode(', 'fromCodePoint(', '.from([', 'Array([', 'array([', 'bytes(['],
  ...['"Buffer"', 'byte{', '[] = {'],
];

const sign = (ignoreCase: boolean) => (text: string) => ({ text, ignoreCase });

/** What text of this kind is found by. */
export const SPELLING_SIGNS: readonly { readonly text: string; readonly ignoreCase: boolean }[] = [
  ...[...OCTAL, ...ENTITIES, ...BRACKETS, ...CALLS, ...JOINING_SIGNS].map(sign(false)),
  ...HEX_ENTITIES.map(sign(true)),
];

/** `&#x6a;` and `&#103;`. */
const LONGEST_SIGN = 6;

/** Gathers places of signs, in any order, and tells the texts that they stand in. */
export interface SpellingDecoder {
  add(offset: number, width: 1 | 2): void;
  /** No sign comes any more. */
  finish(): void;
}

/** `take` gets the texts, every byte of the content once. */
export function createSpellingDecoder(
  content: Buffer,
  take: (decoded: Decoded) => void,
): SpellingDecoder {
  const signs: number[] = [];
  let done = 0;
  // up to where lists were read, and texts with signs in vain: a text of nothing but signs is read once,
  // not once for each
  let listed = 0;
  const inVain = new Map<Spelling, number>();

  function decodeWritten(offset: number, spelling: Spelling): Decoded | null {
    if (offset < (inVain.get(spelling) ?? 0)) return null;
    const { decoded, end } = decodeAround(content, offset, done, spelling);
    // the last sign may be cut
    if (decoded === null) inVain.set(spelling, end - LONGEST_SIGN);
    return decoded;
  }

  function decodeListed(offset: number): Decoded | null {
    const numbers = decodeNumberList(content, offset);
    if (numbers !== null) return numbers;
    const { decoded, until } = decodeJoined(content, offset, listed);
    listed = Math.max(listed, until);
    return decoded;
  }

  return {
    add(offset, width) {
      // those of UTF-16 come again when it is narrowed
      if (width === 1) signs.push(offset);
    },
    finish() {
      for (const offset of signs.sort((left, right) => left - right)) {
        if (offset < done) continue;
        const spelling = SPELLINGS.get(content[offset] ?? 0);
        const decoded =
          spelling === undefined ? decodeListed(offset) : decodeWritten(offset, spelling);
        if (decoded === null) continue;
        done = decoded.end;
        take(decoded);
      }
    },
  };
}

/** How characters are written in a text, and what ends it. */
interface Spelling {
  readonly how: string;
  readonly coded: RegExp;
  /** Base of the number in the group of that number. */
  readonly bases: readonly number[];
  readonly ends: Uint8Array;
}

/** Ends none of these texts. */
const TAB = 0x09;

const OCTAL_TEXT: Spelling = {
  how: 'octal escapes',
  coded: /\\([01][0-7]{2})/g,
  bases: [8],
  ends: endsOf('"\'`').fill(0, TAB, TAB + 1),
};
const ENTITY_TEXT: Spelling = {
  how: 'entities',
  // names before the text stand in the same element
  coded: /&#(?:(\d{2,3})|x([0-9a-f]{2}));/gi,
  bases: [10, 16],
  ends: endsOf('<>').fill(0, TAB, TAB + 1),
};

/** By the byte that their signs begin with. */
const SPELLINGS: ReadonlyMap<number, Spelling> = new Map([
  [0x5c, OCTAL_TEXT],
  [0x26, ENTITY_TEXT],
]);

function decodeAround(
  content: Buffer,
  offset: number,
  done: number,
  { how, coded, bases, ends }: Spelling,
): { readonly decoded: Decoded | null; readonly end: number } {
  const start = edgeOf(content, ends, offset, Math.max(done, offset - REACH_BACK));
  const end = edgeOf(content, ends, offset, Math.min(content.length, offset + REACH_ON));
  const text = content.toString('latin1', start, end);
  const plain = text.replace(coded, (whole, ...groups: (string | undefined)[]) => {
    const at = bases.findIndex((_, group) => groups[group] !== undefined);
    const code = Number.parseInt(groups[at] ?? '', bases[at]);
    return code >= 0x09 && code < 0x7f ? String.fromCharCode(code) : whole;
  });
  const decoded = { how, content: Buffer.from(plain, 'latin1'), start, end };
  return { decoded: plain === text ? null : decoded, end };
}
