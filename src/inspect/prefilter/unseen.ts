/** How characters begin in UTF-8 that nobody sees, or that turn the order in which text is shown. */

/** The first two bytes, and ranges of the third where the two begin much else. */
interface Beginning {
  readonly lead: number;
  readonly next: number;
  readonly thirds?: readonly (readonly [from: number, to: number])[];
}

/**
 * Soft hyphen and joiners, fillers of Hangul, the separator of Mongolian, spaces without width, marks
 * of direction, the empty sign of Braille, selectors, signs of music that format, tags. What begins so
 * may be another character: who is told of a place looks at all of it.
 */
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
