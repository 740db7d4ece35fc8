/**
 * The literal prefilter: where in a file one of many keywords stands. Nearly all bytes are looked
 * at here and nowhere else, so this is the file to make faster when there are more keywords.
 */

/** `width` is the distance of characters in bytes: 1 for bytes and UTF-8, 2 for UTF-16. `until` is
 * the next place of this keyword in this width, or the end of the file. */
export interface KeywordHit {
  readonly keyword: string;
  readonly offset: number;
  readonly until: number;
  readonly width: 1 | 2;
}

export interface KeywordIndex {
  /** Every place of every keyword, in order of keyword, width and offset. */
  hits(content: Buffer): Iterable<KeywordHit>;
}

/** `keywords` are ASCII; doubled ones count once. */
export function createKeywordIndex(keywords: readonly string[]): KeywordIndex {
  const needles = [...new Set(keywords)].map((keyword) => ({
    keyword,
    narrow: Buffer.from(keyword, 'latin1'),
    // without the last NUL this is in both byte orders of UTF-16, at any alignment
    wide: Buffer.from(keyword, 'utf16le').subarray(0, -1),
  }));
  return {
    *hits(content) {
      const maybeWide = content.includes(0);
      for (const { keyword, narrow, wide } of needles) {
        for (const place of places(content, narrow)) yield { keyword, width: 1, ...place };
        if (!maybeWide) continue;
        for (const place of places(content, wide)) yield { keyword, width: 2, ...place };
      }
    },
  };
}

function* places(content: Buffer, needle: Buffer): Iterable<{ offset: number; until: number }> {
  let offset = content.indexOf(needle);
  while (offset !== -1) {
    const next = content.indexOf(needle, offset + 1);
    yield { offset, until: next === -1 ? content.length : next };
    offset = next;
  }
}
