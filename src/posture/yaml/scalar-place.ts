/** From an index in what a scalar spells back to its place in the source. */
import type { SourceText, Span } from '../source-text.ts';
import type { YamlScalar } from './yaml-node.ts';

/** In longer texts nothing is counted: it would take the time of their length for each place. */
const COUNTED_MAX_LENGTH = 64 * 1024;

/**
 * Where `length` characters from `index` of `scalar.text` stand. Exact for literal blocks. Elsewhere
 * the same word is looked for, and as many of it passed over as stand before it in what is spelled:
 * what lies behind the first line of a folded text ends where its first word ends. The whole scalar is
 * the answer where the word is not found.
 */
export function placeInScalar(
  source: SourceText,
  scalar: YamlScalar,
  index: number,
  length: number,
): Span {
  const start = scalar.style === 'literal' ? literalOffset(source, scalar, index) : null;
  if (start !== null) return { start, end: start + length };
  const written = source.text.slice(scalar.span.start, scalar.span.end);
  const whole = scalar.text.slice(index, index + length);
  // folding changes white space alone
  for (const wanted of [whole, /^\S+/.exec(whole)?.[0] ?? '']) {
    if (wanted === '') continue;
    const at =
      written.length > COUNTED_MAX_LENGTH
        ? written.indexOf(wanted, index)
        : nthIndex(written, wanted, countBefore(scalar.text, wanted, index));
    if (at === -1) continue;
    const found = scalar.span.start + at;
    return { start: found, end: found + wanted.length };
  }
  return scalar.span;
}

/** How often `wanted` begins before `end`. */
function countBefore(text: string, wanted: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at !== -1 && at < end; at = text.indexOf(wanted, at + 1)) {
    count += 1;
  }
  return count;
}

/** Where `wanted` begins for the time after `passed` others; -1 where it does not. */
function nthIndex(text: string, wanted: string, passed: number): number {
  let at = text.indexOf(wanted);
  for (let count = 0; count < passed && at !== -1; count += 1) at = text.indexOf(wanted, at + 1);
  return at;
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
