/** How characters begin in UTF-8 that nobody sees, or that turn the order in which text is shown. */

/** Code points, both ends included. */
export type CodeRange = readonly [from: number, to: number];

/** They turn the order in which a line is shown. */
export const BIDI: readonly CodeRange[] = [
  [0x202a, 0x202e],
  [0x2066, 0x2069],
];

/** The fillers of Hangul, which languages take for letters. */
export const FILLERS: readonly number[] = [0x115f, 0x1160, 0x3164, 0xffa0];

/** Soft hyphen and joiners, fillers, the empty sign of Braille, selectors, signs of music that
 * format, tags. */
export const INVISIBLE: readonly CodeRange[] = [
  ...[0x00ad, 0x034f, 0x180e, 0x2800, ...FILLERS].map((code): CodeRange => [code, code]),
  [0x200b, 0x200f],
  [0x2060, 0x2064],
  [0xfe00, 0xfe0f],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe01ef],
];

/** The first two bytes, and ranges of the third where the two begin much else. */
interface Beginning {
  readonly lead: number;
  readonly next: number;
  readonly thirds?: readonly (readonly [from: number, to: number])[];
}

/** How each of BIDI and INVISIBLE begins; their test holds them against each other. What begins so may
 * be another character: who is told of a place looks at all of it. */
export const UNSEEN: readonly Beginning[] = [
  { lead: 0xc2, next: 0xad },
  { lead: 0xcd, next: 0x8f },
  { lead: 0xe1, next: 0x85 },
  { lead: 0xe1, next: 0xa0 },
  // quotes and dashes lie between
  {
    lead: 0xe2,
    next: 0x80,
    thirds: [
      [0x8b, 0x8f],
      [0xaa, 0xae],
    ],
  },
  { lead: 0xe2, next: 0x81, thirds: [[0xa0, 0xa9]] },
  { lead: 0xe2, next: 0xa0, thirds: [[0x80, 0x80]] },
  { lead: 0xe3, next: 0x85, thirds: [[0xa4, 0xa4]] },
  { lead: 0xef, next: 0xb8, thirds: [[0x80, 0x8f]] },
  { lead: 0xef, next: 0xbe, thirds: [[0xa0, 0xa0]] },
  { lead: 0xf0, next: 0x9d, thirds: [[0x85, 0x85]] },
  { lead: 0xf3, next: 0xa0 },
];

/** Among the words that a rule names: any of UNSEEN. */
export const ANY_UNSEEN = '\u200b';

/** Whether one may begin at `at`. */
export function isUnseen(content: Uint8Array, at: number): boolean {
  const lead = content[at] ?? 0;
  if (lead < 0xc2) return false;
  const third = content[at + 2] ?? 0;
  return UNSEEN.some(
    (one) =>
      one.lead === lead &&
      one.next === content[at + 1] &&
      (one.thirds?.some(([from, to]) => third >= from && third <= to) ?? true),
  );
}
