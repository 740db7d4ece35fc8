/** What the metadata of a package says, flat, so that two versions compare name by name. */
import { normalizeProjectName } from '../../formats/python-filename.ts';
import { type PythonMetadata, parsePythonMetadata } from '../../formats/python-metadata.ts';
import type { Layout } from '../packed-tree.ts';

/** Characters of one value; a longer one is cut, and its length says so. */
const VALUE_LENGTH = 2000;
const FACTS_MAX = 20_000;

const ENTRY_FIELDS = ['main', 'module', 'browser', 'types', 'typings', 'exports', 'imports'];
const PLAIN_FIELDS = ['type', 'license', 'engines', 'os', 'cpu', 'private', 'gypfile'];
const MAP_FIELDS = [
  'scripts',
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'bundleDependencies',
  'bundledDependencies',
];

/** In order of name. Empty for a layout without metadata, or where it cannot be read; that is told
 * by the rules that need it. */
export function factsOf(
  layout: Layout,
  texts: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  const put = (name: string, value: string) => {
    if (value.length > VALUE_LENGTH) {
      facts.set(name, `${value.slice(0, VALUE_LENGTH).toWellFormed()}... (${value.length})`);
    } else facts.set(name, value.toWellFormed());
  };
  if (layout === 'npm') putNpm(parsePackageJson(texts.get('package.json')), put);
  if (layout === 'wheel') {
    putPython(readHeaders(texts.get('.dist-info/METADATA')), put);
    putEntryPoints(texts.get('.dist-info/entry_points.txt'), put);
  }
  if (layout === 'sdist') {
    putPython(readHeaders(texts.get('PKG-INFO')), put);
    putBuildSystem(texts.get('pyproject.toml'), put);
  }
  return new Map([...facts].sort(([left], [right]) => (left < right ? -1 : 1)).slice(0, FACTS_MAX));
}

type Put = (name: string, value: string) => void;

/** The object, or null for what is none. Duplicate keys are refused where artifacts are received. */
export function parsePackageJson(
  content: Uint8Array | undefined,
): Readonly<Record<string, unknown>> | null {
  if (content === undefined) return null;
  try {
    const text = Buffer.from(content)
      .toString('utf8')
      .replace(/^\ufeff/, '');
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function putNpm(fields: Readonly<Record<string, unknown>> | null, put: Put): void {
  if (fields === null) return;
  for (const field of [...ENTRY_FIELDS, ...PLAIN_FIELDS]) {
    const value = fields[field];
    if (value !== undefined) put(field, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const field of MAP_FIELDS) putMap(field, fields[field], put);
  const own = String(fields['name'] ?? '').replace(/^@[^/]*\//, '');
  const { bin } = fields;
  putMap('bin', typeof bin === 'string' ? { [own]: bin } : bin, put);
}

/** A list of names, as of bundled dependencies, is a map whose values say nothing. */
function putMap(field: string, value: unknown, put: Put): void {
  if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) put(`${field}.${key}`, String(inner));
  } else if (Array.isArray(value)) {
    for (const key of value) if (typeof key === 'string') put(`${field}.${key}`, 'yes');
  }
}

function readHeaders(content: Uint8Array | undefined): PythonMetadata['headers'] {
  if (content === undefined) return [];
  try {
    return parsePythonMetadata(content, 'the metadata').headers;
  } catch {
    return [];
  }
}

function putPython(headers: PythonMetadata['headers'], put: Put): void {
  const requirements = new Map<string, string[]>();
  for (const [name, value] of headers) {
    if (name === 'requires-dist') {
      const project = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(value)?.[0] ?? value;
      const key = normalizeProjectName(project);
      const known = requirements.get(key) ?? [];
      requirements.set(key, [...known, value.slice(project.length).trim()]);
    } else if (name === 'requires-python') put('requires-python', value);
    else if (name === 'license' || name === 'license-expression') put(name, value.slice(0, 200));
  }
  for (const [key, values] of requirements) {
    put(`dependencies.${key}`, values.sort().join(' || ') || '*');
  }
}

/** What builds the package where it is installed; `backend-path`: code of the package itself. */
function putBuildSystem(content: Uint8Array | undefined, put: Put): void {
  let section = '';
  for (const line of Buffer.from(content ?? [])
    .toString('utf8')
    .split(/\r?\n/)) {
    const heading = /^\s*\[([^\]]+)\]\s*(?:#|$)/.exec(line)?.[1];
    if (heading !== undefined) section = heading.trim();
    if (section !== 'build-system') continue;
    const [, key, value] =
      /^\s*["']?(build-backend|backend-path)["']?\s*=\s*(.+)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) put(key, value.trim());
  }
}

function putEntryPoints(content: Uint8Array | undefined, put: Put): void {
  if (content === undefined) return;
  let section = '';
  for (const line of Buffer.from(content).toString('utf8').split(/\r?\n/)) {
    const heading = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (heading !== undefined) section = heading.trim();
    const [, key, value] = /^\s*([^=#;[\s][^=]*?)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) put(`${section}.${key}`, value);
  }
}
