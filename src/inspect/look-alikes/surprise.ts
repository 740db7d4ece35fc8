/**
 * How surprising a text is to one who knows words: its bits per character under a model of pairs of
 * characters. Words, identifiers and paths cost 3 to 4.5 bits, random hexadecimal 5.5 and more,
 * random letters and digits 6.5 and more; Shannon entropy cannot tell these apart in one token.
 */

const KINDS = 28;
const DIGIT = 26;
const OTHER = 27;
/** Log2 of ten: a digit is one of ten, the table knows only that it is one. */
const DIGIT_BITS = 3.32;
/** A change of case that no word has: inside, or back after a single capital. */
const CASE_BITS = 1.5;

/**
 * Half bits (`a` is 0, `z` is 12.5) of a kind of character after another: round(-2 * log2(p)), with
 * p = (n(first, second) + 1) / sum over all seconds, counted over 38 MB of declarations, manuals and
 * Python modules. Rows are the first character, columns the second: a to z, digit, other; capitals
 * count as small letters, and a text begins and ends with an other.
 */
const TABLE = [
  'ukijuqkxluogigxkxgiflnqpmuoi',
  'hpnpfqsujivgsqhqxklqgxvqivlg',
  'hrmqgqwhkziipteqxknglvutozni',
  'iopkeprthvsmorjpwnjolsuuoznd',
  'kqjjnkouqrvjlhqmnghiunpjnzpe',
  'hsorjjuyfzzlupgtziomjyxynzmd',
  'mtqsermkhzwkmkmrzjimkttzlurd',
  'gvtudtyuhzvposhsxmoikywyqzrf',
  'lmjkkjkzvzqijegmukhhsmzozntm',
  'iwprdvwnnusutthqstdskqozsyri',
  'hrnodomuivuoqkpoyphpmtmzozqe',
  'hprjfirtguthtsipzqjjjpszkzug',
  'fjsneuqwirrmjpigwrkrmpxvqzrf',
  'iuihilhuktnnrnimythglnvznzuf',
  'olkirknxnpnjiekiyfljjnlruvxi',
  'frrofssokzqilsgkzgjhksxvlzqh',
  'nquuvsuwtxxhqtsuromrbstxwwqh',
  'hqlmfoluhznnmkhrzkjilpszlztf',
  'mrlrfqtlizqprrjkrrjflrrvnzsd',
  'isnqgptghyvpqsilyhkkkuqujzre',
  'ljllhmmzjzyhigqjzghgvyzszylm',
  'etotcuouhzzursiqztmssvvyuyji',
  'gsrphtrgezsptjgszikqwvlvszsg',
  'jphqhputkyponrpfwroetuuomwjf',
  'nonrnrmumptlmkjexnjkurmxvusc',
  'huttdrtrizrooxerwqqssvvunnnf',
  'mnnmnmxyvzwutvvtzutuxxynzzcc',
  'ikijjjlmiookkjjisjhhllkqqpiz',
] as const;

/** Bits per character; 0 for an empty text. */
export function surpriseOf(text: string): number {
  let bits = 0;
  let before = OTHER;
  for (let at = 0; at < text.length; at += 1) {
    const kind = kindOf(text.charCodeAt(at));
    // nobody is surprised by dots after dots, though the table never saw two others in a row
    if (before !== OTHER || kind !== OTHER || at === 0) bits += costOf(before, kind);
    if (kind === DIGIT) bits += DIGIT_BITS;
    if (kind < DIGIT && before < DIGIT) bits += caseCost(text, at);
    before = kind;
  }
  return text.length === 0 ? 0 : bits / text.length;
}

function costOf(before: number, kind: number): number {
  return ((TABLE[before]?.charCodeAt(kind) ?? 97) - 97) / 2;
}

function kindOf(code: number): number {
  const letter = (code | 32) - 97;
  if (code >= 65 && letter >= 0 && letter < DIGIT && code < 123) return letter;
  return code >= 48 && code <= 57 ? DIGIT : KINDS - 1;
}

function caseCost(text: string, at: number): number {
  const isUpper = text.charCodeAt(at) < 97;
  const wasUpper = text.charCodeAt(at - 1) < 97;
  if (isUpper === wasUpper) return 0;
  if (isUpper) return CASE_BITS;
  const earlier = at > 1 ? text.charCodeAt(at - 2) : 0;
  return earlier >= 97 && earlier < 123 ? CASE_BITS : 0;
}

/**
 * Whether `text`, of 12 characters or more, was drawn by chance rather than written: no words in
 * it, a digit, and no row of neighbours as `abcdef`. Of random texts of 20 characters fewer than
 * one in a hundred fails; shorter ones need more surprise, since one odd pair weighs more. Without
 * a digit it needs both cases, sixteen characters and still more surprise: of 7,800 names of code
 * with as many letters seven have it.
 */
export function looksGenerated(text: string): boolean {
  if (text.length < 12 || !/[A-Za-z]/.test(text) || !isSurprising(text)) return false;
  if (isIdentifier(text) || inRow(text) > 0.3) return false;
  return new Set(text).size >= Math.min(9, text.length / 2);
}

function isSurprising(text: string): boolean {
  if (!/[0-9]/.test(text)) return isLettersByChance(text);
  const isHex = /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text);
  const least = isHex ? 5.1 : text.length < 20 ? 5.9 : 5.7;
  return surpriseOf(text) >= least;
}

function isLettersByChance(text: string): boolean {
  return (
    text.length >= 16 && /[a-z]/.test(text) && /[A-Z]/.test(text) && surpriseOf(text) >= LETTER_BITS
  );
}

/** Bits of a letter, cases included, as only chance makes them. */
const LETTER_BITS = 6.1;

/** Letters of a word of a name, on average; of random texts with capitals hardly two. */
const WORD_LETTERS = 3.5;
/** Most bits of a letter of words, without what digits and capitals between them add. */
const WORD_BITS = 5.3;

/** Words joined by capitals, with a few digits: `heightAboveWGS84Units`. */
function isIdentifier(text: string): boolean {
  if (!/^[A-Za-z][a-z]+[A-Z][A-Za-z0-9]*$/.test(text)) return false;
  const words = text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  const letters = text.replace(/[0-9]/g, '').toLowerCase();
  return (
    words.length > 2 &&
    letters.length >= 0.8 * text.length &&
    letters.length / words.length >= WORD_LETTERS &&
    surpriseOf(letters) <= WORD_BITS
  );
}

/** The part of the characters that follow their neighbour in the alphabet. */
function inRow(text: string): number {
  let count = 0;
  for (let at = 1; at < text.length; at += 1) {
    if (Math.abs(text.charCodeAt(at) - text.charCodeAt(at - 1)) === 1) count += 1;
  }
  return count / text.length;
}
