/** Reads the package.json that an npm tarball carries, which is what every installer goes by. */
import valid from 'semver/functions/valid.js';
import { CountersignError } from '../core/errors.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import type { JsonObject, JsonValue } from './canonical.ts';
import { parseStrictJson } from './json-scanner.ts';
import { quoteForeign } from './text.ts';

/** A package.json whose name, version and install-relevant fields have the types npm expects. */
export interface NpmPackageJson {
  readonly name: string;
  /** Without build metadata, which npm's clients and registries drop. */
  readonly version: string;
  /** The whole object as written. */
  readonly fields: JsonObject;
}

/** What a tarball says about itself. */
export interface NpmPackage {
  readonly packageJson: NpmPackageJson;
  /** The one top-level folder; `package` for nearly all. */
  readonly folder: string;
  /** Paths of the files inside `folder`, sorted by code unit. */
  readonly files: readonly string[];
  readonly readme: { readonly fileName: string; readonly text: string } | null;
}

/** Above every honest package.json. */
const PACKAGE_JSON_MAX_BYTES = 4 * 1024 * 1024;
/** A longer readme is cut for the registry's page; the tarball keeps all of it. */
const README_MAX_BYTES = 512 * 1024;

const NAME = /^(?:@[A-Za-z0-9~-][\w.~-]*\/)?[A-Za-z0-9~-][\w.~-]*$/;

/**
 * Reads all `entries`. Throws 'malformed-archive' (more or less than one top-level folder, no
 * package.json in it) and as `parseNpmPackageJson` does; errors of `entries` pass through.
 */
export async function readNpmPackage(entries: AsyncIterable<ArchiveEntry>): Promise<NpmPackage> {
  let folder: string | undefined;
  let packageJson: NpmPackageJson | undefined;
  let readme: NpmPackage['readme'] = null;
  const files: string[] = [];
  for await (const entry of entries) {
    if (entry.path === '.') continue;
    folder ??= entry.path.split('/', 1)[0] ?? '';
    const path = pathInside(folder, entry);
    if (entry.kind === 'directory') continue;
    files.push(path);
    if (path === 'package.json') packageJson = parseNpmPackageJson(contentOf(entry));
    else if (entry.kind === 'file') readme = betterReadme(readme, path, entry.content);
  }
  if (packageJson === undefined || folder === undefined) {
    throw badLayout(`there is no package.json in ${folder ?? 'it'}`);
  }
  return { packageJson, folder, files: files.sort(), readme };
}

function pathInside(folder: string, entry: ArchiveEntry): string {
  const isFolder = entry.path === folder && entry.kind === 'directory';
  if (!isFolder && !entry.path.startsWith(`${folder}/`)) {
    throw badLayout(`expected one top-level folder, found also ${quoteForeign(entry.path)}`);
  }
  return entry.path.slice(folder.length + 1);
}

function contentOf(entry: ArchiveEntry): Uint8Array {
  if (entry.kind !== 'file') throw badLayout(`package.json is a ${entry.kind}, expected a file`);
  return entry.content;
}

/** npm takes a markdown readme before a plain one; among several the first in name order. */
function betterReadme(
  known: NpmPackage['readme'],
  fileName: string,
  content: Uint8Array,
): NpmPackage['readme'] {
  if (!/^readme(\.[^/]*)?$/i.test(fileName)) return known;
  const rank = (name: string) => `${/\.m?a?r?k?d?o?w?n?$/i.test(name) ? 0 : 1}${name}`;
  if (known !== null && rank(known.fileName) <= rank(fileName)) return known;
  const text = Buffer.from(content.subarray(0, README_MAX_BYTES)).toString('utf8');
  return { fileName, text };
}

/**
 * Throws 'malformed-metadata' for what is not a JSON object, a key doubled, a name or version that
 * npm does not take (strict SemVer 2.0.0, in its normal spelling), or an install-relevant field of
 * a wrong type; 'limit-exceeded' above PACKAGE_JSON_MAX_BYTES.
 */
export function parseNpmPackageJson(bytes: Uint8Array): NpmPackageJson {
  // npm's own reader drops a byte order mark.
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const fields = parseStrictJson(hasMark ? bytes.subarray(3) : bytes, {
    what: 'package.json',
    code: 'malformed-metadata',
    maxBytes: PACKAGE_JSON_MAX_BYTES,
  });
  const name = fields['name'];
  if (typeof name !== 'string' || name.length > 214 || !NAME.test(name)) {
    throw badField('name', 'a package name', name);
  }
  const version = fields['version'];
  if (
    typeof version !== 'string' ||
    version.length > 256 ||
    valid(version) !== withoutBuild(version)
  ) {
    throw badField('version', 'a semantic version such as 1.2.3', version);
  }
  for (const [field, check] of Object.entries(FIELD_TYPES)) {
    const value = fields[field];
    if (value !== undefined && value !== null && !check.fits(value)) {
      throw badField(field, check.expected, value);
    }
  }
  return { name, version: withoutBuild(version), fields };
}

function withoutBuild(version: string): string {
  return version.split('+', 1)[0] ?? '';
}

interface FieldType {
  readonly expected: string;
  readonly fits: (value: JsonValue) => boolean;
}

const isText = (value: JsonValue | undefined): boolean => typeof value === 'string';
const isMap = (value: JsonValue): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextList = (value: JsonValue): boolean => Array.isArray(value) && value.every(isText);

const TEXT: FieldType = { expected: 'a string', fits: isText };
const MAP: FieldType = { expected: 'an object', fits: isMap };
/** Old packages write an empty list for an empty object. */
const TEXTS: FieldType = {
  expected: 'an object of strings',
  fits: (value) =>
    (isMap(value) && Object.values(value ?? {}).every(isText)) ||
    (Array.isArray(value) && value.length === 0),
};
const LIST: FieldType = {
  expected: 'a string or a list of strings',
  fits: (value) => isText(value) || isTextList(value),
};
const BUNDLE: FieldType = {
  expected: 'true, false, or a list or object of names',
  fits: (value) => typeof value === 'boolean' || isTextList(value) || isMap(value),
};

const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  dependencies: TEXTS,
  optionalDependencies: TEXTS,
  peerDependencies: TEXTS,
  devDependencies: TEXTS,
  peerDependenciesMeta: MAP,
  bundleDependencies: BUNDLE,
  bundledDependencies: BUNDLE,
  scripts: TEXTS,
  bin: {
    expected: 'a string, a list or an object of strings',
    fits: (value) => isText(value) || isTextList(value) || TEXTS.fits(value),
  },
  directories: MAP,
  os: LIST,
  cpu: LIST,
  libc: LIST,
  main: TEXT,
  type: TEXT,
  publishConfig: MAP,
};

function badField(field: string, expected: string, found: JsonValue | undefined): CountersignError {
  const shown = typeof found === 'string' ? quoteForeign(found) : typeof found;
  return new CountersignError(
    'malformed-metadata',
    `package.json: expected ${expected} under ${quoteForeign(field)}, found ${shown}`,
    { hint: 'correct package.json and pack again' },
  );
}

function badLayout(problem: string): CountersignError {
  return new CountersignError('malformed-archive', `the npm tarball: ${problem}`, {
    hint: 'pack it with "npm pack" or "npm publish"',
  });
}
