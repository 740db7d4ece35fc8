/** Whether a text was drawn from an alphabet by chance, or written by a person. */

/** What people write where a secret belongs. */
const PLACEHOLDER =
  /\.{3}|example|sample|placeholder|change.?me|replace|insert|your[_-]?|dummy|redacted|foobar|(.)\1{5}|x{4}|(.{2,8}?)\2{3}|0123456|1234567|abcdefg|ABCDEFG|fedcba|987654|a1b2c3d4-e5f6|dead-?beef|cafe-?babe/i;

/** Words as names in code join them, also names of properties of properties: no digit, no two
 * capitals side by side. */
const WORDS =
  /^(?:[A-Z]?[a-z]+(?:[A-Z][a-z]+)*|[a-zA-Z][a-z]*(?:[A-Z][a-z]+)*(?:[-_.][a-zA-Z][a-z]*(?:[A-Z][a-z]+)*)+)$/;

/** A text marked as an example, or made by hand: `xxxxxxxx`, `your-key`, `12345678`, `0102030405`. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text) || isCounted(text);
}

/** Steps of the same size between bytes, from where on somebody counted: of a million random keys
 * of 32 bytes fewer than ten have as many. */
const STEPS_LEAST = 4;

/** Bytes in hexadecimal that a person made up by counting: `010203`, `a1b2c3`, `f1e2d3`. */
function isCounted(text: string): boolean {
  for (const [digits] of text.matchAll(/[0-9a-f]{10,}/gi)) {
    for (const shift of [0, 1]) {
      const bytes = Buffer.from(digits.slice(shift, shift + 2 * (digits.length >> 1)), 'hex');
      if (areCounted(bytes)) return true;
    }
  }
  return false;
}

/** Whether somebody made up bytes by counting, as in keys of tests: 0, 1, 2, 3, 4 and on. */
export function areCounted(bytes: Uint8Array): boolean {
  return longestCount(bytes) >= STEPS_LEAST;
}

function longestCount(bytes: Uint8Array): number {
  let [longest, length, last] = [0, 0, 0];
  for (let at = 1; at < bytes.length; at += 1) {
    const step = ((bytes[at] ?? 0) - (bytes[at - 1] ?? 0)) & 0xff;
    length = step !== 0 && step === last ? length + 1 : Number(step !== 0);
    last = step;
    longest = Math.max(longest, length);
  }
  return longest;
}

/**
 * Whether `text` looks like characters drawn from an alphabet of `size`: enough different ones, and
 * kinds of characters (upper, lower, digit, other) that change as often as chance makes them.
 * Texts shorter than 8 always do. Of random texts, fewer than one in a hundred fails.
 */
export function looksRandom(text: string, size: number): boolean {
  if (isPlaceholder(text)) return false;
  if (text.length < 8) return true;
  if (size > 36 && WORDS.test(text)) return false;
  const expected = size * (1 - (1 - 1 / size) ** text.length);
  if (new Set(text).size < 0.6 * expected) return false;
  const share = text.length < SHORT ? 0.2 : 0.4;
  return changesOfKind(text) >= share * expectedChanges(size) * (text.length - 1);
}

/** The same where a form allows more than its issuer may use: hexadecimal digits alone are judged as
 * such. For values that a name gives away; after a prefix alone they are a digest of a file. */
export function looksDrawn(text: string, size: number): boolean {
  return looksRandom(text, HEX.test(text) ? Math.min(16, size) : size);
}

const HEX = /^(?=.*[a-fA-F])(?:[0-9a-f]{20,}|[0-9A-F]{20,})$/;
/** Below, chance often makes few changes of kind. */
const SHORT = 24;

function changesOfKind(text: string): number {
  let changes = 0;
  let last = '';
  for (const character of text) {
    const kind = kindOf(character);
    if (last !== '' && kind !== last) changes += 1;
    last = kind;
  }
  return changes;
}

function kindOf(character: string): string {
  if (character >= 'a' && character <= 'z') return 'a';
  if (character >= 'A' && character <= 'Z') return 'A';
  return character >= '0' && character <= '9' ? '0' : '-';
}

/** The chance that a neighbour is of another kind: one kind up to 26 characters but 16 (hex), two
 * up to 36 (of 32 so few digits that one is enough), three above. */
function expectedChanges(size: number): number {
  if (size === 16) return 0.47;
  if (size <= 26) return 0;
  if (size <= 32) return 0.1;
  if (size <= 36) return 0.3;
  return size === 52 ? 0.5 : 0.6;
}

/** Whether a part of a token is base64 of words with blanks between them. */
export function spellsWords(text: string): boolean {
  return text
    .split(/[^A-Za-z0-9_-]/)
    .filter((part) => part.length >= 20)
    .some((part) => /^[A-Za-z0-9]+(?: +[A-Za-z0-9]+)+$/.test(decodeLatin(part)));
}

function decodeLatin(part: string): string {
  return Buffer.from(part, 'base64url').toString('latin1');
}
