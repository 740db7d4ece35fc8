/**
 * Short texts that are no file: paths, and what containers hold besides. One pass over many of them
 * costs as much as over one; where it sees anything, each is asked about alone, so that none is judged
 * by what happens to lie beside it.
 */
import type { SecretScan } from './secret-scan.ts';

/** Where a text stands. */
export interface TextPlace {
  /** The path in the artifact that a finding is about: the text's own, or that of its container. */
  readonly inner: string;
  /** As a sentence ends with it: `the comment of a gzip header`. */
  readonly what: string;
}

/** Gathers texts and searches them. */
export interface TextPile {
  /** `text` is copied. */
  add(place: TextPlace, text: Uint8Array): void;
  /** Searches what is left. */
  flush(): void;
}

/** Bytes that are searched together: as many as the prefilter takes at a time. */
const PILE_BYTES = 64 * 1024;
/** Between two texts: no pattern goes over a NUL, and no search backwards over the end of a line. */
const GAP = Buffer.from('\0\n');

/** `take` gets what `scan` says about a text in which something was seen. */
export function createTextPile(
  scan: (content: Uint8Array) => SecretScan,
  take: (place: TextPlace, found: SecretScan) => void,
): TextPile {
  let texts: { readonly place: TextPlace; readonly bytes: Buffer }[] = [];
  let sizeBytes = 0;

  function flush(): void {
    const gathered = texts;
    texts = [];
    sizeBytes = 0;
    if (gathered.length === 0) return;
    if (isClean(scan(Buffer.concat(gathered.flatMap(({ bytes }) => [GAP, bytes]))))) return;
    for (const { place, bytes } of gathered) {
      const found = scan(bytes);
      if (!isClean(found)) take(place, found);
    }
  }

  return {
    flush,
    add(place, text) {
      texts.push({ place, bytes: Buffer.from(text) });
      sizeBytes += text.length + GAP.length;
      if (sizeBytes >= PILE_BYTES) flush();
    },
  };
}

function isClean({ hits, more, failed, unread }: SecretScan): boolean {
  return [hits, more, failed, unread].every((list) => list.length === 0);
}
