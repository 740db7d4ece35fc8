/** Where words stand in a file, from what the pass over its bytes has told of them. */

/** What is known of the words of a file. */
export interface KnownWords {
  /** False for a word that the file does not hold, in whatever case. */
  mayHold(word: string): boolean;
  /** All places of a word, in whatever case; null where they were not kept. */
  known(word: string): readonly number[] | null;
}

/** The places of `word` as it is written, ascending. */
export function knownPlaces(bytes: Buffer, word: string, { known }: KnownWords): Iterable<number> {
  const places = known(word);
  if (places === null) return placesOf(bytes, word);
  return places.filter((at) => bytes.toString('latin1', at, at + word.length) === word);
}

/** Whether `word` stands there as it is written. */
export function holds(bytes: Buffer, word: string, found: KnownWords): boolean {
  return !knownPlaces(bytes, word, found)[Symbol.iterator]().next().done;
}

/** What stands everywhere, before what is rarer: a search goes by its first character. */
const FREQUENT = /^[etnroisacldupmfh ]*(?=[^etnroisacldupmfh ].{3})/;

/** As `knownPlaces`, by a search of its own. */
export function* placesOf(bytes: Buffer, word: string): Iterable<number> {
  const skipped = FREQUENT.exec(word)?.[0] ?? '';
  const needle = word.slice(skipped.length);
  for (let at = bytes.indexOf(needle, 0, 'latin1'); at !== -1; ) {
    const start = at - skipped.length;
    if (start >= 0 && bytes.toString('latin1', start, at) === skipped) yield start;
    at = bytes.indexOf(needle, at + needle.length, 'latin1');
  }
}
