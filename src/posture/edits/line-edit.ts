/** Edits of whole lines of block YAML. Null wherever the layout is not the plain one. */
import type { TextEdit } from '../rule.ts';
import type { SourceText, Span } from '../source-text.ts';
import type { NamedValue } from '../workflow.ts';

/** Replaces what a span holds, but for the ends of lines that a block (`|`, `>-`) ends with. An empty
 * value stands directly behind the colon of its key. */
export function replaceSpan(source: SourceText, span: Span, text: string): TextEdit {
  const isBehindColon = span.start === span.end && source.text[span.start - 1] === ':';
  const { start } = span;
  const end = start + source.text.slice(start, span.end).trimEnd().length;
  return { kind: 'text', path: source.path, start, end, text: isBehindColon ? ` ${text}` : text };
}

/**
 * Puts lines with the indent of the one that holds `at` before it; null where `at` is not the first
 * thing on its line.
 */
export function insertLinesBefore(
  source: SourceText,
  at: number,
  lines: readonly string[],
): TextEdit | null {
  const start = source.lineStart(at);
  const indent = source.text.slice(start, at);
  if (indent.trim() !== '') return null;
  const text = lines.map((line) => indent + line + source.lineEnding).join('');
  return { kind: 'text', path: source.path, start, end: start, text };
}

/**
 * Takes one entry out of a map, and the map's own line where it was the only one. `values`: all
 * entries of that map.
 */
export function removeEntry(
  source: SourceText,
  values: readonly NamedValue[],
  entry: NamedValue,
): TextEdit | null {
  const { text, path } = source;
  let start = source.lineStart(entry.nameSpan.start);
  const end = source.text.indexOf('\n', entry.nameSpan.start);
  if (text.slice(start, entry.nameSpan.start).trim() !== '') return null;
  if (end === -1 || entry.value.span.end > end) return null;
  // lists and maps are entries too, and not among the values
  if (values.length === 1 && !hasSiblingBelow(text, start, end)) {
    const before = source.lineStart(start - 1);
    if (!/^\s*(?:env|with):\s*$/.test(text.slice(before, start))) return null;
    start = before;
  }
  return { kind: 'text', path, start, end: end + 1, text: '' };
}

/** Whether the next line that says something stands as far in as the one from `start` to `end`. */
function hasSiblingBelow(text: string, start: number, end: number): boolean {
  const indent = /^ */.exec(text.slice(start, end))?.[0].length ?? 0;
  const below = /\n( *)[^\s#]/.exec(text.slice(end));
  return below !== null && (below[1]?.length ?? 0) >= indent;
}
