/** Edits that add a key to a step without touching what is written. Block style only. */
import type { TextEdit } from '../rule.ts';
import type { SourceText, Span } from '../source-text.ts';
import { type NamedValue, namedValue, type Step } from '../workflow.ts';

/**
 * The white space that keys beside the one at `span` begin with; null where the line holds
 * something before it, as in `{ uses: x }`, and where the text before it ends as in such a map.
 */
export function keyIndent(source: SourceText, span: Span): string | null {
  const start = source.lineStart(span.start);
  const before = source.text.slice(start, span.start);
  let last = start - 1;
  while (last >= 0 && /\s/.test(source.text[last] ?? '')) last -= 1;
  if (/[{,[]/.test(source.text[last] ?? '')) return null;
  return /^ *(?:- +)*$/.test(before) ? ' '.repeat(before.length) : null;
}

/** Adds `lines` to the `with` of a step; null for a step whose layout does not take them. */
export function addInputs(
  source: SourceText,
  step: Step,
  lines: readonly string[],
): TextEdit | null {
  const { uses } = step;
  if (uses === null || isFlow(source, step) || hasSome(step.inputs, lines)) return null;
  if (step.inputsKeySpan !== null) return addToMap(source, step.inputs, lines);
  const indent = keyIndent(source, step.keySpan);
  if (indent === null || isMultiLine(source, uses.scalar.span)) return null;
  const added = ['with:', ...lines.map((line) => `  ${line}`)];
  return insertAfterLine(source, uses.scalar.span.end, added, indent);
}

/** Adds `lines` to the `env` of a step, before its key at `anchor` where it has none yet. */
export function addEnvironment(
  source: SourceText,
  step: Step,
  lines: readonly string[],
  anchor: Span,
): TextEdit | null {
  if (isFlow(source, step) || hasSome(step.env, lines)) return null;
  if (step.envKeySpan !== null) return addToMap(source, step.env, lines);
  const indent = keyIndent(source, anchor);
  if (indent === null) return null;
  const end = source.lineEnding;
  const added = ['env:', ...lines.map((line) => `  ${line}`)];
  const text = added.map((line) => `${line}${end}${indent}`).join('');
  return { kind: 'text', path: source.path, start: anchor.start, end: anchor.start, text };
}

/** A key must not stand twice, whatever it holds. */
function hasSome(values: readonly NamedValue[], lines: readonly string[]): boolean {
  return lines.some((line) => namedValue(values, line.slice(0, line.indexOf(':'))) !== null);
}

/** Braces, over one line or several: keys there are parted by commas. */
function isFlow(source: SourceText, step: Step): boolean {
  return source.text[step.span.start] === '{';
}

function addToMap(
  source: SourceText,
  values: readonly NamedValue[],
  lines: readonly string[],
): TextEdit | null {
  const first = values[0];
  const last = values.at(-1);
  if (first === undefined || last === undefined) return null;
  const indent = keyIndent(source, first.nameSpan);
  if (indent === null || keyIndent(source, last.nameSpan) !== indent) return null;
  const isBlock = last.value.style === 'literal' || last.value.style === 'folded';
  if (!isBlock && !isMultiLine(source, last.value.span)) {
    return insertAfterLine(source, last.value.span.end, lines, indent);
  }
  // where a block scalar ends is a matter of blank lines; before the first entry is exact
  const { start } = first.nameSpan;
  const end = source.lineEnding;
  const text = lines.map((line) => `${line}${end}${indent}`).join('');
  return { kind: 'text', path: source.path, start, end: start, text };
}

function isMultiLine(source: SourceText, span: Span): boolean {
  return source.text.slice(span.start, span.end).includes('\n');
}

function insertAfterLine(
  source: SourceText,
  offset: number,
  lines: readonly string[],
  indent: string,
): TextEdit {
  const at = source.lineEnd(offset);
  const end = source.lineEnding;
  const text = lines.map((line) => `${end}${indent}${line}`).join('');
  return { kind: 'text', path: source.path, start: at, end: at, text };
}
