/**
 * Moves expressions out of code into variables of the step: `${{ inputs.tag }}` becomes
 * `${INPUTS_TAG}`, with `INPUTS_TAG: ${{ inputs.tag }}` in its `env`. Only where the text means the
 * same afterwards, and where what the variable holds is not run again.
 */

import { addEnvironment } from '../edits/step-edit.ts';
import type { Embedded } from '../expression.ts';
import type { FileEdit, Fix, StepPlace } from '../rule.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';
import type { CodeText } from './code-input.ts';
import { type QuotedPlace, shellQuoting } from './shell-quoting.ts';
import { VariableNames } from './variable-name.ts';

/** What stands in the code instead, with the characters around the expression that go with it. */
interface Wording {
  readonly text: string;
  readonly before: number;
  readonly after: number;
}

export interface VariableFix {
  readonly fix: Fix;
  /** The expressions that it takes out. */
  readonly mended: ReadonlySet<Embedded>;
}

/** One fix for all of `unsafe` that can be moved, or null; `all` are the expressions of the text. */
export function variableFix(
  place: StepPlace,
  code: CodeText,
  all: readonly Embedded[],
  unsafe: readonly Embedded[],
): VariableFix | null {
  const { source, step } = place;
  const names = new VariableNames(place, code.scalar.text);
  const write = writerOf(code, all);
  const edits: FileEdit[] = [];
  const lines = new Set<string>();
  const mended = new Set<Embedded>();
  for (const expression of unsafe) {
    const variable = names.of(expression);
    const wording = variable === null ? null : write(expression, variable.name);
    if (variable === null || wording === null || !fitsStyle(code, expression, wording)) continue;
    const { start, end } = placeInScalar(source, code.scalar, expression.index, expression.length);
    const written = code.scalar.text.slice(expression.index, expression.index + expression.length);
    if (source.text.slice(start, end) !== written) continue;
    const { text, before, after } = wording;
    edits.push({ kind: 'text', path: source.path, start: start - before, end: end + after, text });
    if (variable.line !== null) lines.add(variable.line);
    mended.add(expression);
  }
  const anchor = step.runKeySpan ?? step.inputsKeySpan;
  if (mended.size === 0 || anchor === null) return null;
  if (lines.size > 0) {
    const added = addEnvironment(source, step, [...lines], anchor);
    if (added === null) return null;
    edits.push(added);
  }
  const about = 'hand the values to the step as variables';
  return { fix: { about, changesBehaviour: false, edits }, mended };
}

/** Quotes that YAML would read itself, and a plain scalar that would begin with one. */
function fitsStyle({ scalar }: CodeText, { index }: Embedded, wording: Wording): boolean {
  const { text, before, after } = wording;
  if (scalar.style === 'double') return !/["\\]/.test(text);
  if (scalar.style === 'single') return !text.includes("'") && before + after === 0;
  return scalar.style !== 'plain' || index - before > 0;
}

type Writer = (expression: Embedded, name: string) => Wording | null;

function writerOf({ scalar, language }: CodeText, all: readonly Embedded[]): Writer {
  const { text } = scalar;
  switch (language) {
    case 'bash': {
      const quoting = shellQuoting(text, all);
      return (one, name) => inBash(text, one, name, quoting.get(one) ?? null);
    }
    case 'powershell':
      return (one, name) => inPowershell(text, one, name);
    case 'javascript':
      return (one, name) => inJavascript(text, one, name);
    case null:
      return () => null;
  }
}

const COMMAND_MAX_LENGTH = 4_000;

/** Commands whose quoted argument is code again: a variable in it would still be run. */
const CODE_COMMAND =
  /(?:^|[\s;|&('"`$])(?:eval|ssh|g?awk|sed|jq|yq|xargs|psql|mysql|sqlite3|osascript)\s|(?:^|[\s;|&('"`$/])(?:bash|sh|zsh|dash|su|python[0-9.]*|node|deno|bun|perl|ruby|php|pwsh|powershell|cmd)(?:\.exe)?\s[^\n]{0,200}?(?:-[a-z]*[ce]|-p|--eval|--print|-command|\/c)\s|\|\s*(?:sudo\s+)?(?:bash|sh|zsh|dash|python[0-9.]*|node|perl|ruby)\b/i;

/** Whose values hold no white space and no pattern and are never empty: one word, quoted or not. */
const ONE_WORD = /^\s*github\.(?:ref|ref_name|actor|sha)\s*$/i;

function inBash(
  text: string,
  expression: Embedded,
  name: string,
  place: QuotedPlace | null,
): Wording | null {
  if (place === null) return null;
  const { index } = expression;
  // nobody reads a command of this length; it is not read again for each of its expressions either
  if (index - place.commandIndex > COMMAND_MAX_LENGTH) return null;
  const rest = text.slice(index, index + COMMAND_MAX_LENGTH).split('\n', 1)[0] ?? '';
  if (CODE_COMMAND.test(text.slice(place.commandIndex, index) + rest)) return null;
  switch (place.quoting) {
    case 'double':
      return plain(`\${${name}}`);
    case 'single':
      return betweenSingle(text, expression, `"\${${name}}"`);
    case 'bare':
      return isOneWord(text, expression) ? plain(`"\${${name}}"`) : null;
  }
}

function plain(text: string): Wording {
  return { text, before: 0, after: 0 };
}

/** Closes the single quotes before and opens them again behind, unless nothing stands there. */
function betweenSingle(text: string, { index, length }: Embedded, quoted: string): Wording {
  const before = text[index - 1] === "'" ? 1 : 0;
  const after = text[index + length] === "'" ? 1 : 0;
  return { text: `${before === 1 ? '' : "'"}${quoted}${after === 1 ? '' : "'"}`, before, after };
}

/** An assignment, or a part of a longer word: several words were never meant. */
function isOneWord(text: string, { index, length, inner }: Embedded): boolean {
  const before = /[^\s;|&()<>]*$/.exec(text.slice(Math.max(0, index - 200), index))?.[0] ?? '';
  const after = text[index + length] ?? '';
  if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(before) || /[A-Za-z0-9]=$/.test(before)) return true;
  if (/[A-Za-z0-9]/.test(before) || /[A-Za-z0-9./_-]/.test(after)) return true;
  return ONE_WORD.test(inner);
}

function inPowershell(text: string, expression: Embedded, name: string): Wording | null {
  const { index, length } = expression;
  const line = lineBefore(text, index);
  if (
    line === null ||
    /@["']/.test(text) ||
    line.includes('`') ||
    /\b(?:iex|invoke-expression)\b/i.test(text)
  )
    return null;
  const quote = openQuote(line);
  if (quote === '"') return plain(`\${env:${name}}`);
  const isWhole = quote === "'" && text[index - 1] === "'" && text[index + length] === "'";
  return isWhole ? { text: `"\${env:${name}}"`, before: 1, after: 1 } : null;
}

/** In two parts: no word in a pure folder may look like access to the process. */
const NODE_VARIABLES = ['process', 'env'].join('.');

/** A whole string; inside of a longer one only a template could say it. */
function inJavascript(text: string, { index, length }: Embedded, name: string): Wording | null {
  const quote = text[index - 1] ?? '';
  if (!/['"`]/.test(quote) || text[index + length] !== quote) return null;
  const line = lineBefore(text, index);
  if (line === null || openQuote(line) !== quote || line.includes('//')) return null;
  return { text: `${NODE_VARIABLES}.${name}`, before: 1, after: 1 };
}

/** The quote that is open at the end of a line's beginning; null for none. */
function openQuote(line: string): string | null {
  let open: string | null = null;
  for (const character of line) {
    if (open === character) open = null;
    else if (open === null && /['"`]/.test(character)) open = character;
  }
  return open;
}

/** What stands before the index on its line; null where that is too long to be read each time. */
function lineBefore(text: string, index: number): string | null {
  const before = text.slice(Math.max(0, index - COMMAND_MAX_LENGTH), index);
  const start = before.lastIndexOf('\n') + 1;
  return start === 0 && before.length === COMMAND_MAX_LENGTH ? null : before.slice(start);
}
