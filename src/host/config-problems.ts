/** What the schema did not like, as sentences with a place and, for misspelt keys, a suggestion. */
import type { z } from 'zod';
import { quoteForeign } from '../formats/text.ts';
import type { ConfigDocument, ConfigPath, ConfigProblem } from './config-document.ts';
import { configJsonSchema } from './config-schema.ts';

type Issue = z.core.$ZodIssue;

/** Problems that are explained; a file with more has one cause, and explaining costs time. */
const EXPLAINED = 20;

/**
 * One problem for each issue, an unknown key each for itself, in order of place. At most 20;
 * `unexplained` counts the others.
 */
export function explainIssues(
  issues: readonly Issue[],
  document: ConfigDocument,
): { readonly problems: readonly ConfigProblem[]; readonly unexplained: number } {
  const single = issues.flatMap(splitKeys);
  const problems = single
    .slice(0, EXPLAINED)
    .map((issue) => explainIssue(issue, document))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  return { problems, unexplained: single.length - problems.length };
}

type SingleIssue = { readonly issue: Issue; readonly path: ConfigPath; readonly unknown: boolean };

function splitKeys(issue: Issue): readonly SingleIssue[] {
  const path = issue.path.map((one) => (typeof one === 'number' ? one : String(one)));
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ issue, path: [...path, key], unknown: true }))
    : [{ issue, path, unknown: false }];
}

function explainIssue(single: SingleIssue, document: ConfigDocument): ConfigProblem {
  const { issue, path } = single;
  if (single.unknown) return unknownKey(path, document);
  const isKey = issue.code === 'invalid_key';
  const expected = isKey ? (issue.issues[0]?.message ?? 'another key') : issue.message;
  const found = isKey ? path.at(-1) : valueAt(document.value, path);
  return {
    ...document.positionOf(path),
    message: `${formatPath(path)}: expected ${expected}, found ${describe(found)}`,
  };
}

function unknownKey(path: ConfigPath, document: ConfigDocument): ConfigProblem {
  const known = knownKeys(path.slice(0, -1));
  const wanted = closest(String(path.at(-1)), known);
  return {
    ...document.positionOf(path),
    message: `${formatPath(path)}: expected ${known.join(', ')}, found an unknown key`,
    hint: wanted === undefined ? undefined : `did you mean ${wanted}`,
  };
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
}

let schema: SchemaNode | undefined;

function knownKeys(path: ConfigPath): readonly string[] {
  schema ??= configJsonSchema() as SchemaNode;
  let node: SchemaNode | undefined = schema;
  for (const segment of path) {
    if (typeof segment === 'number') node = node?.items;
    else if (node?.properties !== undefined && Object.hasOwn(node.properties, segment)) {
      node = node.properties[segment];
    } else {
      const rest: SchemaNode | boolean | undefined = node?.additionalProperties;
      node = typeof rest === 'object' ? rest : undefined;
    }
  }
  return Object.keys(node?.properties ?? {});
}

/** The known word that at most a third of its letters, and at most three, were mistyped in. */
function closest(word: string, known: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const [best] = known
    .map((one) => ({ one, distance: editDistance(word.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, distance }) => distance <= Math.min(3, Math.ceil(one.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return best?.one;
}

/** Levenshtein distance: insertions, deletions and replacements. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

function formatPath(path: ConfigPath): string {
  return path.length === 0
    ? 'the file'
    : path
        .map((one) => (/^[\x21-\x7e]{1,100}$/.test(String(one)) ? one : quoteForeign(String(one))))
        .join('.');
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? quoteForeign(value) : String(value);
}
