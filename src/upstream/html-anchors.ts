/** An `<a>` of a page: its attributes by lower-case name, entities decoded, and its text. */
export interface Anchor {
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

const ATTRIBUTE = /\s+([a-z][a-z0-9-]{0,63})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/iy;

/**
 * The anchors of a simple index page (PEP 503), in order. Reads nothing else of HTML, and is
 * strict where it reads: undefined when an anchor is not well-formed, holds another element, or is
 * not closed. Comments are skipped. Linear in the page.
 */
export function readAnchors(page: string, maxAnchors: number): readonly Anchor[] | undefined {
  const anchors: Anchor[] = [];
  const start = /<!--|<a(?=[\s>])/gi;
  for (let found = start.exec(page); found !== null; found = start.exec(page)) {
    const from = start.lastIndex;
    if (found[0] === '<!--') {
      const end = page.indexOf('-->', from);
      if (end < 0) return undefined;
      start.lastIndex = end + 3;
      continue;
    }
    const anchor = readAnchor(page, from);
    if (anchor === undefined || anchors.length >= maxAnchors) return undefined;
    anchors.push(anchor.anchor);
    start.lastIndex = anchor.end;
  }
  return anchors;
}

function readAnchor(page: string, from: number): { anchor: Anchor; end: number } | undefined {
  const attributes = new Map<string, string>();
  let at = from;
  while (true) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(page);
    if (match === null) break;
    const [whole, name = '', double, single] = match;
    const key = name.toLowerCase();
    // of two attributes of one name, readers disagree which one counts
    if (attributes.has(key)) return undefined;
    attributes.set(key, decodeEntities(double ?? single ?? ''));
    at += whole.length;
  }
  const tagEnd = /\s*>/y;
  tagEnd.lastIndex = at;
  if (!tagEnd.test(page)) return undefined;
  const close = page.indexOf('<', tagEnd.lastIndex);
  if (close < 0 || !/^<\/a\s{0,9}>/i.test(page.slice(close, close + 14))) return undefined;
  const text = decodeEntities(page.slice(tagEnd.lastIndex, close)).trim();
  return { anchor: { attributes, text }, end: close + 3 };
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, ten, hex, name) => {
      if (typeof name === 'string') return NAMED[name] ?? whole;
      const code = typeof ten === 'string' ? Number.parseInt(ten, 10) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
