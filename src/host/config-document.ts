/** YAML text -> plain values, with the line and column that each stands on. Bounded, and strict. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { quoteForeign } from '../formats/text.ts';
import { findCredential } from './credential-shape.ts';

/** Largest configuration file that is read: 256 KiB. */
export const CONFIG_MAX_BYTES = 256 * 1024;

/** Containers inside each other that a configuration may have at most. */
const MAX_DEPTH = 16;

/** Nodes above a node of that depth: pairs stand between mappings and their values. */
const ANCESTORS_MAX = 2 * MAX_DEPTH + 2;

export type ConfigPath = readonly (string | number)[];

/** Something wrong in a configuration; `line` and `column` start at 1. */
export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  /** Such as `policies.strict.approvals.minimum: expected ..., found ...`. */
  readonly message: string;
  readonly hint?: string | undefined;
}

/** A parsed file. `positionOf` gives the deepest part of `path` that stands in the file. */
export interface ConfigDocument {
  readonly value: unknown;
  positionOf(path: ConfigPath): { readonly line: number; readonly column: number };
}

export type DocumentReading =
  | { readonly kind: 'document'; readonly document: ConfigDocument }
  | { readonly kind: 'refused'; readonly problems: readonly ConfigProblem[] };

/**
 * Parses YAML 1.2. Refuses doubled keys, aliases and anchors (what is signed stands written out,
 * and nothing can multiply), tags, several documents, deep nesting and whatever looks like a
 * credential, without repeating it. Never throws.
 */
export function readConfigDocument(text: string): DocumentReading {
  const tooDeep = findDepth(text);
  if (tooDeep !== undefined) return refused([tooDeep]);
  const lines = new LineCounter();
  const parsed = parseYaml(text, lines);
  if (parsed === undefined) {
    return refused([
      { line: 1, column: 1, message: `expected at most ${MAX_DEPTH} levels, found more` },
    ]);
  }
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const errors = [
    ...parsed.errors.map((one) => ({ offset: one.pos[0], code: one.code })),
    ...findDoubles(parsed).map((offset) => ({ offset, code: 'DUPLICATE_KEY' })),
  ].sort((one, other) => one.offset - other.offset);
  const warnings = parsed.warnings.map((one) => ({ offset: one.pos[0], code: one.code }));
  const problems = [...errors, ...warnings].map(({ offset, code }) => ({
    ...at(offset),
    message: `expected YAML 1.2, found ${yamlProblem(code)}`,
  }));
  if (problems.length > 0) return refused(problems);
  const forbidden = findForbidden(parsed, at);
  if (forbidden.length > 0) return refused(forbidden);
  return {
    kind: 'document',
    document: {
      value: parsed.toJS({ maxAliasCount: 0 }),
      positionOf: (path) => at(offsetOf(parsed.contents, path)),
    },
  };
}

function parseYaml(text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false, // a pretty error quotes the line, and the line may hold a secret
      schema: 'core',
      uniqueKeys: false, // it compares each key with every other one; findDoubles does not
      stringKeys: true,
    });
  } catch (error) {
    // Nested lists on one line (`- - - -`) recurse without a bracket.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Where keys stand that their mapping has already, in order of mappings. */
function findDoubles(parsed: ReturnType<typeof parseDocument>): number[] {
  const found: number[] = [];
  visit(parsed, {
    Map(_, map, ancestors) {
      if (ancestors.length > ANCESTORS_MAX) return visit.BREAK;
      const known = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (known.has(key.value)) found.push(key.range?.[0] ?? 0);
        known.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

function findForbidden(
  parsed: ReturnType<typeof parseDocument>,
  at: (offset: number) => { line: number; column: number },
): ConfigProblem[] {
  const found: ConfigProblem[] = [];
  visit(parsed, (_, node, ancestors) => {
    const offset = (node as { range?: readonly number[] } | null)?.range?.[0] ?? 0;
    const where = at(offset);
    if (ancestors.length > ANCESTORS_MAX) {
      found.push({ ...where, message: `expected at most ${MAX_DEPTH} levels, found more` });
      return visit.BREAK;
    }
    const problem = forbiddenIn(node);
    if (problem !== undefined) found.push({ ...where, ...problem });
    return undefined;
  });
  return found;
}

function forbiddenIn(node: unknown): { message: string; hint?: string } | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if ('source' in node && !isScalar(node)) {
    return {
      message: 'expected values written out, found an alias',
      hint: 'repeat the value, or use extends between policies',
    };
  }
  if ('anchor' in node && node.anchor !== undefined) {
    return {
      message: 'expected values written out, found an anchor',
      hint: 'remove it, or use extends between policies',
    };
  }
  if ('tag' in node && typeof node.tag === 'string' && !node.tag.startsWith('tag:yaml.org,2002:')) {
    return { message: 'expected plain values, found a tag' };
  }
  if (!isScalar(node) || typeof node.value !== 'string') return undefined;
  if (node.value === '__proto__') return { message: 'expected an ordinary name, found __proto__' };
  const credential = findCredential(node.value);
  if (credential === undefined) return undefined;
  return {
    message: `expected no secret in this file, found what looks like ${credential}`,
    hint: 'revoke it, then hand its successor over with countersign vault put',
  };
}

/**
 * Looked at before the parser runs, so that hostile nesting of brackets costs nothing. Brackets
 * inside texts are counted too, therefore the generous bound.
 */
function findDepth(text: string): ConfigProblem | undefined {
  let depth = 0;
  let line = 1;
  let column = 0;
  for (const character of text) {
    column += 1;
    if (character === '\n') {
      line += 1;
      column = 0;
    } else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth > 4 * MAX_DEPTH) {
      return { line, column, message: `expected at most ${MAX_DEPTH} levels, found more` };
    }
  }
  return undefined;
}

function offsetOf(contents: unknown, path: ConfigPath): number {
  let node = contents;
  let offset = 0;
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && one.key.value === segment);
      if (pair === undefined) return offset;
      offset = (pair.key as { range?: readonly number[] }).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      offset = (node as { range?: readonly number[] } | undefined)?.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function yamlProblem(code: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'a key that stands twice in one mapping';
    case 'MULTIPLE_DOCS':
      return 'several documents in one file';
    case 'TAG_RESOLVE_FAILED':
      return 'a tag';
    case 'NON_STRING_KEY':
      return 'a key that is not a text';
    case 'TAB_AS_INDENT':
      return 'a tab as indentation';
    case 'BAD_INDENT':
      return 'wrong indentation';
    default:
      return `a syntax error (${quoteForeign(code.toLowerCase().replaceAll('_', ' '))})`;
  }
}

function refused(problems: readonly ConfigProblem[]): DocumentReading {
  return { kind: 'refused', problems };
}
