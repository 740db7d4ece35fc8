/** The line of a secret, cut and masked, so that a person finds the place and nobody the secret. */

/** A line, one character for each byte, and where in it the secret is; offsets from 0. */
export interface SecretLine {
  readonly line: string;
  readonly start: number;
  /** Characters from `start` on that may be seen: the public prefix and what the message tells. */
  readonly shown: number;
  /** Where the secret ends; null where nobody can say, as for an encoded one. */
  readonly end: number | null;
  /** Before this offset other secrets of the line may stand; nothing of it is shown. */
  readonly masked: number;
}

/** Three parts of a line in UTF-8, the second the secret as it may be seen; none holds a secret. */
export interface Excerpt {
  readonly lead: string;
  readonly marked: string;
  readonly tail: string;
}

/** Bytes of the line in an excerpt at most. */
export const EXCERPT_LENGTH = 120;

/** Of these, at most so many stand before the secret. */
const BEFORE_LENGTH = 50;

/** Characters before the secret that are looked at for others. */
const LOOKED_BACK = 2000;

/** Whatever looks like a token and stands beside the finding; it may be one that is not listed. */
const TOKEN_LIKE = /[A-Za-z0-9_+/=~.-]{16,}/g;

const TAIL_LENGTH = 8;

/** What may stand behind a secret without being a part of it. */
const HARMLESS_TAIL = /^["'`;,)\]}> \t]{0,8}\r?$/;

const CUT = '...';

/** So that a secret of few characters does not tell how few. */
const STARS_LEAST = 4;

/**
 * The excerpt for one secret. What stands behind it is not shown, unless it is punctuation: a value
 * often goes on where the rule's match ends.
 */
export function makeExcerpt(secret: SecretLine): Excerpt {
  const { line, start, shown, end } = secret;
  const before = maskBefore(secret);
  const isCutBefore = start > BEFORE_LENGTH;
  const lead = whole(before.slice(-BEFORE_LENGTH), isCutBefore);
  const visible = line.slice(start, start + Math.min(shown, end === null ? 0 : end - start));
  const stars = Math.max(STARS_LEAST, (end ?? 0) - start - visible.length);
  const token = `${visible}${'*'.repeat(Math.min(stars, EXCERPT_LENGTH))}`;
  const room = EXCERPT_LENGTH - lead.length - 2 * CUT.length - TAIL_LENGTH;
  const tail = end === null || token.length > room ? CUT : tailOf(line.slice(end, end + 100));
  return {
    lead: `${isCutBefore ? CUT : ''}${readable(lead)}`,
    marked: readable(token.slice(0, room)),
    tail: readable(tail),
  };
}

function tailOf(rest: string): string {
  return HARMLESS_TAIL.test(rest) ? rest.trimEnd() : CUT;
}

function maskBefore({ line, start, masked }: SecretLine): string {
  // lines of megabytes with a secret every hundred characters cost no more than short ones
  const cut = Math.max(0, start - LOOKED_BACK);
  const hidden = Math.min(Math.max(0, masked - cut), start - cut);
  const before = `${'*'.repeat(hidden)}${line.slice(cut + hidden, start)}`;
  return before.replace(TOKEN_LIKE, (run) => (/\d/.test(run) ? '*'.repeat(run.length) : run));
}

/** Without what a cut has left of a character. */
function whole(bytes: string, isCut: boolean): string {
  return isCut ? bytes.replace(/^[\x80-\xbf]{1,3}/, '') : bytes;
}

/** Tabs would move the caret. */
function readable(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\t', ' ');
}
