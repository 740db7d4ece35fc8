import { CountersignError } from '../core/errors.ts';
import { type JsonKind, type JsonLimits, type JsonPath, readJsonStream } from './json-stream.ts';
import type { Appearance } from './publication-history.ts';
import type { ReadAnswer } from './registry-http.ts';

/** `application/vnd.npm.install-v1+json` is the short form; it lacks scripts and main. */
export const SHORT_PACKUMENT = 'application/vnd.npm.install-v1+json';
export const FULL_PACKUMENT = 'application/json';

const LIMITS: JsonLimits = {
  maxBytes: 200 * 1024 * 1024,
  maxValueCharacters: 4 * 1024 * 1024,
  maxDepth: 64,
};
const MAX_VERSIONS = 100_000;
const MAX_DIST_TAGS = 10_000;

/** What a registry says about a package. `wanted`: the manifest of the version asked for. */
export interface Packument {
  readonly distTags: Readonly<Record<string, string>>;
  readonly versions: readonly string[];
  readonly wanted: Readonly<Record<string, unknown>> | undefined;
  /** Versions other than the wanted one whose `dist` names attestations. */
  readonly attested: ReadonlySet<string>;
}

/**
 * Reads a packument as it arrives; memory holds the version list and one manifest. Throws
 * `upstream-unreachable` when it is not the packument of `name`.
 */
export async function readPackument(
  answer: ReadAnswer,
  name: string,
  version: string,
): Promise<Packument> {
  const what = `the packument of ${name}`;
  const refuse: (problem: string) => never = (problem) => {
    throw new CountersignError('upstream-unreachable', `${what} ${problem}`);
  };
  const versions: string[] = [];
  const distTags: [string, string][] = [];
  const attested = new Set<string>();
  let wanted: Record<string, unknown> | undefined;
  let foundName: unknown;

  let hasVersions = false;
  const wants = (path: JsonPath, kind: JsonKind): boolean => {
    const [field, key] = path;
    if (path.length === 1) {
      const isMap = field === 'versions' || field === 'dist-tags';
      // another type must not read as a package without versions
      if (isMap && kind !== 'object') refuse(`has no object under ${field}`);
      hasVersions ||= field === 'versions';
      return field === 'name';
    }
    if (isAttestations(path)) return kind === 'object';
    if (path.length !== 2 || typeof key !== 'string') return false;
    if (field === 'dist-tags') return true;
    if (field !== 'versions') return false;
    if (versions.push(key) > MAX_VERSIONS) refuse(`has more than ${MAX_VERSIONS} versions`);
    return key === version;
  };
  const takeTag = (tag: string, version: unknown): void => {
    if (typeof version !== 'string') refuse('has a dist-tag that is not a string');
    if (tag.length > 256 || tag === '__proto__') refuse('has a dist-tag that is no tag');
    if (distTags.push([tag, version]) > MAX_DIST_TAGS) {
      refuse(`has more than ${MAX_DIST_TAGS} dist-tags`);
    }
  };
  const takeVersion = (manifest: unknown): void => {
    if (!isObject(manifest)) refuse(`has no object as version ${version}`);
    if (wanted !== undefined) refuse(`has version ${version} twice`);
    wanted = manifest;
  };
  const take = (path: JsonPath, value: unknown): void => {
    const [field, key] = path;
    if (field === 'name') foundName = value;
    else if (path.length === 4) attested.add(String(key));
    else if (field === 'dist-tags') takeTag(String(key), value);
    else takeVersion(value);
  };
  await readJsonStream(answer.body, what, LIMITS, { wants, take });
  if (!hasVersions) refuse('lists no versions');
  if (foundName !== name) refuse('names another package or none');
  return { distTags: Object.fromEntries(distTags), versions, wanted, attested };
}

/** `versions.VERSION.dist.attestations`, which the registry writes where provenance came along. */
function isAttestations(path: JsonPath): boolean {
  const [field, , dist, name] = path;
  return path.length === 4 && field === 'versions' && dist === 'dist' && name === 'attestations';
}

/** True for JSON objects; narrows `unknown`. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * When versions appeared, from the full form; `present` are the versions that are still there.
 * Throws `upstream-unreachable` when it is not the packument of `name`.
 */
export async function readPackumentTimes(
  answer: ReadAnswer,
  name: string,
): Promise<{ readonly appearances: readonly Appearance[]; readonly hasVersions: boolean }> {
  const what = `the packument of ${name}`;
  const appearances: Appearance[] = [];
  let foundName: unknown;
  let hasVersions = false;
  await readJsonStream(answer.body, what, LIMITS, {
    wants: ([field, key, ...deeper]) => {
      if (field === 'versions' && key !== undefined) hasVersions = true;
      if (field === 'time') return key !== undefined && deeper.length === 0;
      return field === 'name' && key === undefined;
    },
    take: ([field, key], value) => {
      if (field === 'name') foundName = value;
      else if (key !== 'created' && key !== 'modified' && typeof value === 'string') {
        if (appearances.length < MAX_VERSIONS)
          appearances.push({ version: String(key), at: value });
      }
    },
  });
  if (foundName !== name) {
    throw new CountersignError('upstream-unreachable', `${what} names another package or none`);
  }
  return { appearances, hasVersions };
}
