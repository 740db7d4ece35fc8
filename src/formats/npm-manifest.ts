/**
 * The version manifest that a registry is sent beside an npm tarball. Registries take it on trust
 * and installers resolve by it, so ours is derived from the tarball alone; what the client wrote is
 * only held against it.
 */
import type { Difference } from '../core/manifest.ts';
import { encodeCanonical, type JsonObject, type JsonValue } from './canonical.ts';
import { canonicalDependency } from './npm-dependency.ts';
import type { NpmPackage } from './npm-package.ts';

type Fields = Record<string, JsonValue>;

/**
 * The manifest as npm's own client would normalise it, as far as the tarball alone decides:
 * package.json without `_` fields, with `_id`, `bin` as an object, one spelling of
 * `bundleDependencies`, the implied `node-gyp rebuild`, and the readme. `dist` is the caller's.
 * A field whose value canonical JSON cannot hold (a fraction, say) is left out, unless npm acts on
 * it; readers find it in the tarball. Throws nothing for what `readNpmPackage` gave.
 */
export function deriveNpmManifest(npmPackage: NpmPackage): JsonObject {
  const { packageJson, files, readme } = npmPackage;
  const manifest: Fields = {};
  for (const [field, value] of Object.entries(packageJson.fields)) {
    if (!field.startsWith('_') && field !== 'dist' && isCanonical(value)) manifest[field] = value;
  }
  for (const field of ['dependencies', 'optionalDependencies', 'peerDependencies', 'scripts']) {
    if (Array.isArray(manifest[field]) || manifest[field] === null) delete manifest[field];
  }
  replace(manifest, 'bin', deriveBin(packageJson.name, manifest, files));
  replace(manifest, 'bundleDependencies', deriveBundle(manifest));
  delete manifest['bundledDependencies'];
  addGyp(manifest, files);
  manifest['readme'] = readme?.text.toWellFormed() ?? '';
  if (readme !== null) manifest['readmeFilename'] = readme.fileName;
  else delete manifest['readmeFilename'];
  manifest['version'] = packageJson.version;
  manifest['_id'] = `${packageJson.name}@${packageJson.version}`;
  return manifest;
}

/** Fields that decide what is installed, run or loaded, and where. */
const COMPARED = [
  'name',
  'version',
  '_id',
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'bundleDependencies',
  'scripts',
  'bin',
  'engines',
  'os',
  'cpu',
  'libc',
  'type',
  'main',
  'exports',
  'imports',
  'browser',
  'module',
  'private',
  'deprecated',
] as const;

const MAX_TEXT = 300;

/**
 * Where the manifest of a publish request and the derived one differ in what matters. Tolerates
 * everything that npm 10 to 12, pnpm, yarn and bun write differently for one and the same tarball.
 * `dist.integrity` and `dist.shasum` are compared where both sides have them. Empty: they agree.
 */
export function compareNpmManifest(
  request: JsonObject,
  derived: JsonObject,
): readonly Difference[] {
  const name = String(derived['name']);
  const claimed = comparable(name, request, derived);
  const actual = comparable(name, derived, derived);
  const differences: Difference[] = [];
  for (const field of COMPARED) {
    const left = spell(claimed[field]);
    const right = spell(actual[field]);
    if (left !== right) differences.push({ field, claimed: show(left), actual: show(right) });
  }
  for (const digest of ['integrity', 'shasum']) {
    const left = objectOf(request['dist'])[digest];
    const right = objectOf(derived['dist'])[digest];
    if (left !== undefined && right !== undefined && left !== right) {
      const [one, other] = [show(spell(left)), show(spell(right))];
      differences.push({ field: `dist.${digest}`, claimed: one, actual: other });
    }
  }
  return differences;
}

/** Both sides in one spelling. `derived` says what the tarball has, where a client may add to it. */
function comparable(name: string, manifest: JsonObject, derived: JsonObject): Fields {
  const one: Fields = { ...manifest };
  const optional = dependenciesOf(manifest['optionalDependencies']);
  const bundle = deriveBundle(manifest);
  const required = dependenciesOf(manifest['dependencies']);
  for (const [dependency, range] of Object.entries(required)) {
    // Clients list an optional dependency under `dependencies` too, or take it out of there.
    if (optional[dependency] === range) delete required[dependency];
  }
  for (const dependency of Array.isArray(bundle) ? bundle : []) {
    // npm adds what is bundled and not depended on.
    const isAdded = typeof dependency === 'string' && required[dependency] === '*';
    if (isAdded) delete required[dependency];
  }
  replace(one, 'dependencies', required);
  replace(one, 'optionalDependencies', optional);
  replace(one, 'peerDependencies', dependenciesOf(manifest['peerDependencies']));
  replace(one, 'bundleDependencies', bundle);
  replace(one, 'bin', normalizeBin(name, manifest['bin']));
  replace(one, 'scripts', comparableScripts(manifest, derived));
  for (const field of ['os', 'cpu', 'libc']) {
    if (typeof one[field] === 'string') one[field] = [one[field]];
  }
  return one;
}

function comparableScripts(manifest: JsonObject, derived: JsonObject): Fields {
  const scripts: Fields = {};
  const ofTarball = objectOf(derived['scripts']);
  for (const [event, command] of Object.entries(objectOf(manifest['scripts']))) {
    if (typeof command !== 'string') continue;
    // npm looks for *.gyp and server.js where it packs; they need not be in the tarball.
    const isImplied =
      !Object.hasOwn(ofTarball, event) &&
      ((event === 'install' && command === 'node-gyp rebuild') ||
        (event === 'start' && command === 'node server.js'));
    if (!isImplied) scripts[event] = withoutBinPath(command);
  }
  return scripts;
}

function withoutBinPath(command: string): string {
  return command.replace(/^(\.[/\\])?node_modules[/\\].bin[\\/]/, '');
}

function dependenciesOf(value: JsonValue | undefined): Fields {
  const all: Fields = {};
  for (const [name, range] of Object.entries(objectOf(value))) {
    all[name] = typeof range === 'string' ? canonicalDependency(range) : range;
  }
  return all;
}

/** npm's rule: bin, else every file below `directories.bin`. Undefined when there is none. */
function deriveBin(
  name: string,
  manifest: JsonObject,
  files: readonly string[],
): JsonObject | undefined {
  if (manifest['bin'] !== undefined) return normalizeBin(name, manifest['bin']);
  const folder = objectOf(manifest['directories'])['bin'];
  if (typeof folder !== 'string') return undefined;
  const path = containedPath(folder);
  const bins: Fields = {};
  for (const file of files) {
    const inside = file.startsWith(`${path}/`) ? file.slice(path.length + 1) : '';
    // Like npm's glob, which passes over whatever begins with a dot.
    if (inside === '' || /(^|\/)\./.test(inside)) continue;
    bins[baseName(inside)] = file;
  }
  return Object.keys(bins).length === 0 ? undefined : bins;
}

function normalizeBin(name: string, bin: JsonValue | undefined): JsonObject | undefined {
  const pairs: readonly (readonly [string, JsonValue])[] =
    typeof bin === 'string'
      ? [[name, bin]]
      : Array.isArray(bin)
        ? bin.map((path: JsonValue) => [baseName(String(path)), path] as const)
        : Object.entries(objectOf(bin));
  const bins: Fields = {};
  for (const [command, path] of pairs) {
    const base = baseName(containedPath(command));
    const target = typeof path === 'string' ? containedPath(path) : '';
    if (base !== '' && target !== '') bins[base] = target;
  }
  return Object.keys(bins).length === 0 ? undefined : bins;
}

/** A relative path in `/` form that cannot leave the package, as npm makes it for bins. */
function containedPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.replace(/\\|:/g, '/').split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return kept.join('/');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Undefined when nothing is bundled. */
function deriveBundle(manifest: JsonObject): JsonValue | undefined {
  const bundle = manifest['bundleDependencies'] ?? manifest['bundledDependencies'];
  const names =
    bundle === true
      ? Object.keys(objectOf(manifest['dependencies']))
      : Array.isArray(bundle)
        ? bundle
        : Object.keys(objectOf(bundle));
  return names.length === 0 ? undefined : names;
}

/** npm runs node-gyp for a *.gyp in the package's folder unless package.json says otherwise. */
function addGyp(manifest: Fields, files: readonly string[]): void {
  const scripts = objectOf(manifest['scripts']);
  const isOwn = scripts['install'] !== undefined || scripts['preinstall'] !== undefined;
  if (isOwn || manifest['gypfile'] === false) return;
  if (!files.some((file) => /^[^./][^/]*\.gyp$/.test(file))) return;
  manifest['scripts'] = { ...scripts, install: 'node-gyp rebuild' };
  manifest['gypfile'] = true;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

function replace(target: Fields, field: string, value: JsonValue | undefined): void {
  if (value === undefined) delete target[field];
  else target[field] = value;
}

function isCanonical(value: JsonValue): boolean {
  try {
    encodeCanonical(value);
    return true;
  } catch {
    return false;
  }
}

/** Same text for the same value, whatever the order of keys; '' where there is nothing. */
function spell(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === false) return '';
  if (typeof value === 'object' && Object.keys(value).length === 0) return '';
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function show(spelled: string): string {
  if (spelled === '') return 'nothing';
  const cut = `${spelled.slice(0, MAX_TEXT)}... (${spelled.length} characters)`;
  return spelled.length <= MAX_TEXT ? spelled : cut;
}
