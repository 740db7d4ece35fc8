/** From an index in what a scalar spells back to its place in the source. */
import type { SourceText, Span } from './source-text.ts';
import type { YamlScalar } from './yaml-node.ts';

/**
 * Where `length` characters from `index` of `scalar.text` stand. Exact for plain one-line scalars,
 * quoted ones without escapes, and literal blocks; elsewhere the same text is looked for, and the
 * whole scalar is the answer where it is not found.
 */
export function placeInScalar(
  source: SourceText,
  scalar: YamlScalar,
  index: number,
  length: number,
): Span {
  const start = scalar.style === 'literal' ? literalOffset(source, scalar, index) : null;
  if (start !== null) return { start, end: start + length };
  const wanted = scalar.text.slice(index, index + length);
  const from = searchStart(scalar, index);
  const at = wanted === '' ? from : source.text.indexOf(wanted, from);
  if (at === -1 || at + wanted.length > scalar.span.end) return scalar.span;
  return { start: at, end: at + wanted.length };
}

/** Folding and quoting only ever make the source longer than what it spells. */
function searchStart(scalar: YamlScalar, index: number): number {
  const isQuoted = scalar.style === 'single' || scalar.style === 'double';
  return Math.min(scalar.span.start + (isQuoted ? 1 : 0) + index, scalar.span.end);
}

/** Where the lines of a literal block begin: in what it spells, and in the source without the indent. */
interface LiteralLines {
  readonly spelled: readonly number[];
  readonly written: readonly number[];
}

/** Kept for each scalar: rules ask for thousands of places in one script. */
const LINES = new WeakMap<YamlScalar, LiteralLines>();
const NO_LINES: LiteralLines = { spelled: [], written: [] };

function literalOffset(source: SourceText, scalar: YamlScalar, index: number): number | null {
  const lines = LINES.get(scalar) ?? readLines(source.text, scalar);
  LINES.set(scalar, lines);
  const { spelled, written } = lines;
  let low = 0;
  let high = spelled.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((spelled[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const line = written[low];
  return line === undefined ? null : line + index - (spelled[low] ?? 0);
}

function readLines(text: string, scalar: YamlScalar): LiteralLines {
  const header = text.indexOf('\n', scalar.span.start);
  if (header === -1) return NO_LINES;
  const own = scalar.text.split('\n');
  const indent = literalIndent(text, header + 1, own);
  if (indent === null) return NO_LINES;
  const spelled: number[] = [];
  const written: number[] = [];
  let at = 0;
  let line = header + 1;
  for (const { length } of own) {
    spelled.push(at);
    if (line > 0 && line <= scalar.span.end) written.push(line + indent);
    at += length + 1;
    line = line === 0 ? 0 : text.indexOf('\n', line) + 1;
  }
  return { spelled, written };
}

/** What the first written line has more in the source than in what it spells. */
function literalIndent(text: string, first: number, own: readonly string[]): number | null {
  const spelled = own.findIndex((line) => line.trim() !== '');
  if (spelled === -1) return null;
  let line = first;
  for (let count = 0; count < spelled; count += 1) {
    line = text.indexOf('\n', line) + 1;
    if (line === 0) return null;
  }
  const end = text.indexOf('\n', line);
  const written = text.slice(line, end === -1 ? text.length : end).replace(/\r$/, '');
  const wanted = own[spelled] ?? '';
  return written.endsWith(wanted) ? written.length - wanted.length : null;
}
