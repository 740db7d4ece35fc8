import { compare, major, minor, parse, prerelease } from 'semver';
import { CountersignError } from '../core/errors.ts';
import { quoteForeign } from '../formats/text.ts';
import type { EcosystemRules, FileIdentity } from './ecosystem.ts';

const MAX_NAME_CHARACTERS = 214;
const PART = /^[a-z0-9][a-z0-9._-]*$/;
/** Names that registries and installers keep for themselves. */
const RESERVED: ReadonlySet<string> = new Set(['node_modules', 'favicon.ico']);

/**
 * An npm package name as the registry takes new ones: lower case, at most 214 characters, URL-safe,
 * `name` or `@scope/name`. It has one spelling only, so that nothing is rewritten: what would need
 * rewriting throws `malformed-name`.
 */
export function normalizeNpmName(name: string): string {
  const parts = name.startsWith('@') ? name.slice(1).split('/') : [name];
  const fits =
    name.length <= MAX_NAME_CHARACTERS &&
    parts.length === (name.startsWith('@') ? 2 : 1) &&
    parts.every((part) => PART.test(part)) &&
    !RESERVED.has(name);
  if (fits) return name;
  throw new CountersignError(
    'malformed-name',
    `expected an npm package name, found ${quoteForeign(name)}`,
    {
      hint: 'npm names are lower-case letters, digits, dots, hyphens and underscores, at most 214 characters, such as @scope/name',
    },
  );
}

/**
 * A strict semantic version (SemVer 2.0.0) without build metadata, which npm drops: two versions
 * that npm holds to be one must not look like two. Throws `malformed-version`.
 */
function normalizeNpmVersion(version: string): string {
  const parsed = parse(version);
  if (parsed !== null && parsed.version === version) return version;
  const hasBuild = parsed !== null && parsed.build.length > 0;
  throw new CountersignError(
    'malformed-version',
    `expected a semantic version such as 1.2.3, found ${quoteForeign(version)}`,
    { hint: hasBuild ? 'leave out what follows the plus sign' : 'write MAJOR.MINOR.PATCH' },
  );
}

/** How npm orders versions (SemVer 2.0.0, section 11). */
export const npmVersions: Pick<
  EcosystemRules,
  'normalizeVersion' | 'compareVersions' | 'isPrerelease' | 'sameLine' | 'versionOf'
> = {
  normalizeVersion: normalizeNpmVersion,
  compareVersions: (left, right) => compare(normalizeNpmVersion(left), normalizeNpmVersion(right)),
  isPrerelease: (version) => prerelease(normalizeNpmVersion(version)) !== null,
  sameLine: (left, right) => {
    const [one, other] = [normalizeNpmVersion(left), normalizeNpmVersion(right)];
    if (major(one) !== major(other)) return false;
    return major(one) > 0 || minor(one) === minor(other);
  },
  versionOf: normalizeNpmVersion,
};

/** The file name that `npm pack` prints: `scope-name-version.tgz`. */
export function npmTarballName(name: string, version: string): string {
  return `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
}

/**
 * What a tarball's name says. Takes what `npm pack` prints, in which a scope cannot be told from
 * the name (`package` is then the flattened one), and what clients send, `@scope/name-1.0.0.tgz`.
 * Throws `malformed-name`, also where more than one reading is possible.
 */
export function identifyNpmFile(file: string): FileIdentity {
  const readings = readingsOf(file);
  const [only] = readings;
  if (only !== undefined && readings.length === 1) return only;
  throw new CountersignError(
    'malformed-name',
    `expected a file name such as name-1.2.3.tgz, found ${quoteForeign(file, 300)}`,
    readings.length > 1 ? { hint: 'name and version can be told apart in more than one way' } : {},
  );
}

function readingsOf(file: string): FileIdentity[] {
  const longest = MAX_NAME_CHARACTERS + 1 + 256 + '.tgz'.length;
  if (!file.endsWith('.tgz') || file.length > longest) return [];
  const stem = file.slice(0, -'.tgz'.length);
  const readings: FileIdentity[] = [];
  for (let at = stem.indexOf('-'); at >= 0; at = stem.indexOf('-', at + 1)) {
    const [name, version] = [stem.slice(0, at), stem.slice(at + 1)];
    if (isValid(normalizeNpmName, name) && isValid(normalizeNpmVersion, version)) {
      readings.push({ package: name, version, kind: 'tarball' });
    }
  }
  return readings;
}

function isValid(normalize: (text: string) => string, text: string): boolean {
  try {
    normalize(text);
    return true;
  } catch {
    return false;
  }
}
