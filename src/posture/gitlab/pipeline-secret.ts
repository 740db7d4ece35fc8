/**
 * CI/CD variables that hold secrets. A pipeline names them like any other variable, so they are told
 * by their names, and written down as `${{ secrets.NAME }}` where they are read: rules then see them
 * as they see GitHub's. Source: GitLab documentation, "GitLab CI/CD variables" and "Predefined CI/CD
 * variables reference".
 */

import { shellCommands } from '../shell-command.ts';
import type { SourceText, Span } from '../source-text.ts';
import type { NamedValue } from '../workflow.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

/** Words in the names of secrets. */
const SECRET_NAME =
  /(?:^|_)(?:token|pat|password|passwd|passphrase|pass|secret|secrets|credential|credentials|auth|api_?key|private_key|access_key|secret_key|deploy_key|signing_key|publish_key|pypirc|npmrc)(?:_|$)/i;
/** Words that make a name that of something else: where a secret is, not what it says. */
const NO_SECRET =
  /(?:_|^)(?:url|uri|host|endpoint|user|username|file_name|id|name|type|path|dir|enabled|expiry)$/i;
/** The forge's own token for the job, also under the names that the forge gives it elsewhere. */
const FORGE_TOKENS = new Set([
  'CI_JOB_TOKEN',
  'CI_REGISTRY_PASSWORD',
  'CI_DEPENDENCY_PROXY_PASSWORD',
]);

const VARIABLE = /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)[^}]{0,200}\}|(?:env:)?([A-Za-z_][A-Za-z0-9_]*))/g;
const USES_MAX = 200;

/** What a client takes its password from when nothing else is written. By the clients' documentation. */
const CLIENT_VARIABLES: readonly (readonly [RegExp, string])[] = [
  [/\btwine\s+upload\b/, 'TWINE_PASSWORD'],
  [/\buv\s+publish\b/, 'UV_PUBLISH_TOKEN'],
  [/\bpoetry\s+publish\b/, 'POETRY_PYPI_TOKEN_PYPI'],
  [/\bpdm\s+publish\b/, 'PDM_PUBLISH_PASSWORD'],
  [/\bflit\s+publish\b/, 'FLIT_PASSWORD'],
  [/\bhatch\s+publish\b/, 'HATCH_INDEX_AUTH'],
  [/\bmaturin\s+(?:publish|upload)\b/, 'MATURIN_PYPI_TOKEN'],
  [/\bcargo\s+publish\b/, 'CARGO_REGISTRY_TOKEN'],
  [/\bgem\s+push\b/, 'GEM_HOST_API_KEY'],
];

/** What is known of a job's variables before its scripts are read. */
export interface KnownVariables {
  /** Names that the file gives a value, or that hold an identity token. */
  readonly defined: ReadonlySet<string>;
  /** Whether the job may get an identity token: then a client needs no password. */
  readonly hasIdentity: boolean;
}

/** `NAME=value`, but neither a comparison nor `NAME=$NAME`, which hands on what was there. */
const ASSIGNED = /(?:^|[\s;&|(])([A-Za-z_][A-Za-z0-9_]*)=(?!=|["']?\$\{?\1\b)/g;

/** Names that the texts of a script give a value themselves. */
export function assignedNames(lines: readonly YamlScalar[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { text } of lines) {
    for (const match of text.matchAll(ASSIGNED)) names.add(match[1] ?? '');
  }
  return names;
}

/** The secrets that one text of a script reads, each where it first stands. */
export function scriptSecrets(
  source: SourceText,
  line: YamlScalar,
  known: KnownVariables,
): readonly NamedValue[] {
  const found = new Map<string, NamedValue>();
  const isTwine = /\btwine\b/.test(line.text);
  for (const { name, index, length } of variablesIn(line.text)) {
    const secret = known.defined.has(name) ? null : secretName(name);
    if (secret === null || found.size >= USES_MAX) continue;
    const target = targetOf(line.text, index, isTwine) ?? name;
    const key = JSON.stringify([target, secret]);
    if (found.has(key)) continue;
    found.set(key, asSecret(target, secret, placeInScalar(source, line, index, length)));
  }
  const implied = impliedSecret(source, line, known);
  return implied === null ? [...found.values()] : [...found.values(), implied];
}

/** A value of `variables` with its secrets written as rules read them; as it is without any. */
export function translateValue(value: YamlScalar, known: ReadonlySet<string>): YamlScalar {
  let text = '';
  let from = 0;
  for (const { name, index, length } of variablesIn(value.text)) {
    const secret = known.has(name) ? null : secretName(name);
    if (secret === null) continue;
    text += `${value.text.slice(from, index)}\${{ secrets.${secret} }}`;
    from = index + length;
  }
  return from === 0 ? value : { ...value, text: text + value.text.slice(from) };
}

/** A text with the variables that the file itself defines; all others are left to nobody's guess. */
export function expandVariables(
  value: YamlScalar,
  variables: ReadonlyMap<string, string>,
): YamlScalar {
  let text = '';
  let from = 0;
  for (const { name, index, length } of variablesIn(value.text)) {
    const known = variables.get(name);
    text += value.text.slice(from, index);
    text +=
      known === undefined || known.includes('$') ? `\${{ vars.${name} }}` : known.slice(0, 500);
    from = index + length;
  }
  const rest = value.text.slice(from).replaceAll(/\$\[\[\s*(.{0,200}?)\s*\]\]/g, '${{ $1 }}');
  return from === 0 && rest === value.text ? value : { ...value, text: text + rest };
}

/** A secret that `secrets` fetches from a vault under a name. */
export function asSecret(target: string, name: string, span: Span): NamedValue {
  const value: YamlScalar = {
    kind: 'scalar',
    span,
    text: `\${{ secrets.${name} }}`,
    type: 'string',
    style: 'plain',
  };
  return { name: target, nameSpan: span, value };
}

function* variablesIn(
  text: string,
): Generator<{ readonly name: string; readonly index: number; readonly length: number }> {
  for (const match of text.matchAll(VARIABLE)) {
    if (text[match.index - 1] === '$') continue;
    yield { name: match[1] ?? match[2] ?? '', index: match.index, length: match[0].length };
  }
}

/** What the secret of this name is called in the model; null for what is none. */
function secretName(name: string): string | null {
  if (FORGE_TOKENS.has(name)) return 'CI_JOB_TOKEN';
  return SECRET_NAME.test(name) && !NO_SECRET.test(name) ? name : null;
}

/** What takes it, where that is written right before: an assignment, or a setting of a client. */
function targetOf(text: string, index: number, isTwine: boolean): string | null {
  const before = text.slice(Math.max(0, index - 200), index);
  const assigned = /(?:^|[\s;&|(])([A-Za-z_][A-Za-z0-9_]*)=["']?$/.exec(before);
  if (assigned !== null) return assigned[1] ?? null;
  if (/_auth(?:Token)?["']?\s*[= ]\s*["'\\]*$/i.test(before)) return 'NODE_AUTH_TOKEN';
  return isTwine && /(?:\s-p|\s--password)[= ]?["']?$/.test(before) ? 'TWINE_PASSWORD' : null;
}

/** A client without a word about its password reads a variable of the project's settings. */
function impliedSecret(
  source: SourceText,
  line: YamlScalar,
  known: KnownVariables,
): NamedValue | null {
  if (known.hasIdentity) return null;
  for (const command of shellCommands(line.text)) {
    const text = command.words.map((word) => word.text).join(' ');
    if (/\s(?:-p|--password|--token|--config-file|--dry-run)\b/.test(text)) continue;
    const client = CLIENT_VARIABLES.find(([pattern]) => pattern.test(text));
    if (client === undefined || known.defined.has(client[1])) continue;
    if (command.assignments.has(client[1])) continue;
    const last = command.words.at(-1);
    const length = last === undefined ? 0 : last.index + last.text.length - command.index;
    return asSecret(client[1], client[1], placeInScalar(source, line, command.index, length));
  }
  return null;
}
