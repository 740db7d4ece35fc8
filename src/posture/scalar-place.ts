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

function literalOffset(source: SourceText, scalar: YamlScalar, index: number): number | null {
  const { text } = source;
  const header = text.indexOf('\n', scalar.span.start);
  if (header === -1) return null;
  const before = scalar.text.slice(0, index);
  const row = before.split('\n').length - 1;
  const indent = literalIndent(text, header + 1, scalar);
  if (indent === null) return null;
  let line = header + 1;
  for (let count = 0; count < row; count += 1) {
    const next = text.indexOf('\n', line);
    if (next === -1 || next >= scalar.span.end) return null;
    line = next + 1;
  }
  return line + indent + (index - (before.lastIndexOf('\n') + 1));
}

/** What the first written line has more in the source than in what it spells. */
function literalIndent(text: string, first: number, scalar: YamlScalar): number | null {
  const spelled = scalar.text.split('\n').findIndex((line) => line.trim() !== '');
  if (spelled === -1) return null;
  let line = first;
  for (let count = 0; count < spelled; count += 1) {
    line = text.indexOf('\n', line) + 1;
    if (line === 0) return null;
  }
  const end = text.indexOf('\n', line);
  const written = text.slice(line, end === -1 ? text.length : end).replace(/\r$/, '');
  const own = scalar.text.split('\n')[spelled] ?? '';
  return written.endsWith(own) ? written.length - own.length : null;
}
