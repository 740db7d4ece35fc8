/** What the metadata of a package says, flat, so that two versions compare name by name. */
import { createHash } from 'node:crypto';
import { parse as parseToml } from 'smol-toml';
import { normalizeProjectName } from '../../formats/python-filename.ts';
import { type PythonMetadata, parsePythonMetadata } from '../../formats/python-metadata.ts';
import type { Layout } from '../artifact/packed-tree.ts';
import { buildScripts, recordIn } from './build-scripts.ts';
import { lockFacts } from './locked-packages.ts';
import { isRecord, parsePackageJson } from './package-json.ts';
import { pythonLines, pythonStrip } from './python-lines.ts';

/** Characters of one value; a longer one is cut, and its length and digest stand for the rest. */
const VALUE_LENGTH = 2000;
/** Fields of ways in that are compared part by part, and characters of one. */
export const ENTRY_MAPS: readonly string[] = ['exports', 'imports', 'browser'];
const MAP_LENGTH = 64 * 1024;
/** As many as a summary holds. */
const FACTS_MAX = 20_000;
/** What counts first where there are more: what runs on installation. */
const FIRST = /^(?:scripts\.|gypfile$|build-|backend-path$)/;
/** Name of the fact that there are more: how many, and their digest. */
export const MORE_FACTS = '(more)';

const ENTRY_FIELDS = ['main', 'module', 'browser', 'types', 'typings', 'exports', 'imports'];
const PLAIN_FIELDS = [
  ...['type', 'license', 'engines', 'os', 'cpu', 'private', 'gypfile', 'binary', 'config'],
];
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
    const length = ENTRY_MAPS.includes(name) ? MAP_LENGTH : VALUE_LENGTH;
    if (value.length > length) {
      const shown = value.slice(0, VALUE_LENGTH).toWellFormed();
      facts.set(name, `${shown}... (${value.length}, SHA-256 ${digestOf(value)})`);
    } else facts.set(name, value.toWellFormed());
  };
  if (layout === 'npm') {
    putNpm(parsePackageJson(texts.get('package.json')), put);
    for (const [name, value] of lockFacts(texts.get('npm-shrinkwrap.json'))) put(name, value);
  }
  if (layout === 'wheel') {
    putPython(readHeaders(texts.get('.dist-info/METADATA')), put);
    putEntryPoints(texts.get('.dist-info/entry_points.txt'), put);
  }
  if (layout === 'sdist') {
    putPython(readHeaders(texts.get('PKG-INFO')), put);
    putBuild(texts, put);
  }
  const sorted = [...facts].sort(([left], [right]) => (left < right ? -1 : 1));
  return new Map(sorted.length > FACTS_MAX ? cutFacts(sorted) : sorted);
}

type Fact = readonly [name: string, value: string];

/** As many as there is room for, in order, with one that stands for the others. */
function cutFacts(sorted: readonly Fact[]): readonly Fact[] {
  const first = sorted.filter(([name]) => FIRST.test(name));
  const rest = sorted.filter(([name]) => !FIRST.test(name));
  const all = [...first, ...rest];
  const left = all.slice(FACTS_MAX - 1);
  const value = `${left.length}, SHA-256 ${digestOf(JSON.stringify(left))}`;
  return [[MORE_FACTS, value] as const, ...all.slice(0, FACTS_MAX - 1)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

type Put = (name: string, value: string) => void;

function putNpm(fields: Readonly<Record<string, unknown>> | null, put: Put): void {
  if (fields === null) return;
  for (const field of [...ENTRY_FIELDS, ...PLAIN_FIELDS]) {
    const value = fields[field];
    if (value !== undefined) put(field, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const field of MAP_FIELDS) putMap(field, fields[field], put);
  for (const name of optionalPeers(fields)) put(`${OPTIONAL_PEER}${name}`, 'yes');
  const own = String(fields['name'] ?? '').replace(/^@[^/]*\//, '');
  const { bin } = fields;
  if (typeof bin === 'string') put(`bin.${own}`, bin);
  else if (Array.isArray(bin)) for (const path of bin) putCommand(String(path), path, put);
  else if (isRecord(bin))
    for (const [name, path] of Object.entries(bin)) putCommand(name, path, put);
}

/** The command is what is last of a path, as npm links it (npm-normalize-package-bin). */
function putCommand(path: string, target: unknown, put: Put): void {
  const name = path.split(/[\\/:]/).findLast((one) => one !== '' && one !== '.' && one !== '..');
  if (name !== undefined) put(`bin.${name}`, String(target));
}

/** Name of the fact that a peer is not installed by itself, without the peer's. */
export const OPTIONAL_PEER = 'peerDependenciesMeta.optional.';

function optionalPeers({ peerDependenciesMeta: meta }: Readonly<Record<string, unknown>>) {
  if (!isRecord(meta)) return [];
  return Object.entries(meta).flatMap(([name, one]) =>
    isRecord(one) && one['optional'] === true ? [name] : [],
  );
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

/** What pip runs where it builds the package: what must be there, the backend, and where that lies
 * in the package itself (PEP 517, PEP 518). `build-requires` tells that this was looked at. */
function putBuild(texts: ReadonlyMap<string, Uint8Array>, put: Put): void {
  const project = readProject(texts.get('pyproject.toml'));
  const system = project === null ? null : recordIn(project, ['build-system']);
  put('build-requires', system === null ? UNREADABLE : 'read');
  put('build-scripts', project === null ? UNREADABLE : 'read');
  for (const [name, value] of buildScripts(project ?? {})) put(`build-scripts.${name}`, value);
  const { requires, 'build-backend': backend, 'backend-path': path } = system ?? {};
  for (const one of Array.isArray(requires) ? requires : []) {
    const text = String(one).trim();
    const needed = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(text)?.[0] ?? text;
    put(`build-requires.${normalizeProjectName(needed)}`, text.slice(needed.length).trim() || '*');
  }
  if (backend !== undefined) put('build-backend', String(backend));
  if (path !== undefined) put('backend-path', JSON.stringify(path));
  for (const name of importsOf(texts.get('setup.py'))) put(`build-imports.${name}`, 'setup.py');
}

/** Value of the fact `build-requires` where pyproject.toml is none that we read. */
export const UNREADABLE = 'unreadable';
/** Above every honest pyproject.toml. */
const PYPROJECT_BYTES = 256 * 1024;

function readProject(content: Uint8Array | undefined): Readonly<Record<string, unknown>> | null {
  if (content === undefined) return {};
  if (content.length > PYPROJECT_BYTES) return null;
  try {
    return parseToml(Buffer.from(content).toString('utf8'));
  } catch {
    return null;
  }
}

const IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w., \t]+))/;
const IMPORTS_MAX = 200;

/** Modules that a setup.py imports, as far as its lines say so. */
function importsOf(content: Uint8Array | undefined): readonly string[] {
  const lines = pythonLines(Buffer.from(content ?? []).toString('latin1'));
  const statements = lines.flatMap((line) => line.split(';'));
  const names = statements.flatMap((line) => {
    const [, from, list = ''] = IMPORT.exec(line) ?? [];
    return from === undefined
      ? list.split(',').map((one) => one.trim().split(/\s/, 1)[0] ?? '')
      : [from];
  });
  return [...new Set(names.filter((one) => one !== ''))].slice(0, IMPORTS_MAX);
}

/** As importlib.metadata reads them: a name may begin with a semicolon, and a line end at a form feed. */
function putEntryPoints(content: Uint8Array | undefined, put: Put): void {
  let section = '';
  for (const raw of pythonLines(Buffer.from(content ?? []).toString('utf8'))) {
    const line = pythonStrip(raw);
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('[') && line.endsWith(']')) {
      section = line.replace(/[[\]]/g, '').trim();
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 1) continue;
    put(`${section}.${pythonStrip(line.slice(0, equals))}`, pythonStrip(line.slice(equals + 1)));
  }
}
