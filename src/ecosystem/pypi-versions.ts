import { compare, parse } from '@renovatebot/pep440';
import { CountersignError } from '../core/errors.ts';
import { normalizeProjectName } from '../formats/python-filename.ts';
import { quoteForeign } from '../formats/text.ts';
import type { EcosystemRules } from './ecosystem.ts';

const MAX_CHARACTERS = 256;
const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;

type Parsed = NonNullable<ReturnType<typeof parse>>;

/** PEP 503 normal form: lower case, runs of `-_.` become one hyphen. Throws `malformed-name`. */
export function normalizePypiName(name: string): string {
  if (name.length <= MAX_CHARACTERS && NAME.test(name)) {
    return normalizeProjectName(name);
  }
  throw new CountersignError(
    'malformed-name',
    `expected a Python project name, found ${quoteForeign(name)}`,
    {
      hint: 'letters, digits, dots, hyphens and underscores, starting and ending with a letter or digit',
    },
  );
}

/**
 * PEP 440 normal form; trailing zeros of the release stay (`1.0` and `1.0.0` compare equal, and are
 * two spellings upstream). Local versions (`1.0+local`) are not for publishing. Throws
 * `malformed-version`.
 */
export function normalizePypiVersion(version: string): string {
  const parsed = parsePypiVersion(version);
  const pre = parsed.pre === null ? '' : parsed.pre.join('');
  const post = parsed.post === null ? '' : `.post${parsed.post[1]}`;
  const dev = parsed.dev === null ? '' : `.dev${parsed.dev[1]}`;
  return `${parsed.epoch === 0 ? '' : `${parsed.epoch}!`}${parsed.release.join('.')}${pre}${post}${dev}`;
}

/** Negative, zero or positive, in the order of PEP 440. Throws `malformed-version`. */
function comparePypiVersions(left: string, right: string): number {
  return compare(normalizePypiVersion(left), normalizePypiVersion(right));
}

/** Alpha, beta, rc and development releases. Throws `malformed-version`. */
function isPypiPrerelease(version: string): boolean {
  const { pre, dev } = parsePypiVersion(version);
  return pre !== null || dev !== null;
}

/** Same epoch and major; same minor too before 1.0.0. Throws `malformed-version`. */
function isSamePypiLine(left: string, right: string): boolean {
  const [one, other] = [parsePypiVersion(left), parsePypiVersion(right)];
  const [major = 0, minor = 0] = one.release;
  const [otherMajor = 0, otherMinor = 0] = other.release;
  if (one.epoch !== other.epoch || major !== otherMajor) return false;
  return major > 0 || minor === otherMinor;
}

const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(alpha|beta|rc)\.(0|[1-9]\d*))?$/;
const PHASES: Readonly<Record<string, string>> = { alpha: 'a', beta: 'b', rc: 'rc' };

/**
 * `1.2.3` stays, `1.2.3-alpha.1` is `1.2.3a1`, beta `b`, rc `rc`. Throws `malformed-version` for
 * every other prerelease: PEP 440 has no word for it, or orders it otherwise.
 */
function pypiVersionOf(semver: string): string {
  const match = SEMVER.exec(semver);
  if (match !== null && semver.length <= MAX_CHARACTERS) {
    const [, major, minor, patch, phase, number] = match;
    const release = `${major}.${minor}.${patch}`;
    return normalizePypiVersion(
      phase === undefined ? release : `${release}${PHASES[phase]}${number}`,
    );
  }
  throw new CountersignError(
    'malformed-version',
    `${quoteForeign(semver)} has no Python version: expected MAJOR.MINOR.PATCH with at most -alpha.N, -beta.N or -rc.N`,
    { hint: 'number the prerelease, as in 1.2.3-rc.1' },
  );
}

/** How Python orders versions (PEP 440). */
export const pypiVersions: Pick<
  EcosystemRules,
  'normalizeVersion' | 'compareVersions' | 'isPrerelease' | 'sameLine' | 'versionOf'
> = {
  normalizeVersion: normalizePypiVersion,
  compareVersions: comparePypiVersions,
  isPrerelease: isPypiPrerelease,
  sameLine: isSamePypiLine,
  versionOf: pypiVersionOf,
};

function parsePypiVersion(version: string): Parsed {
  const parsed = version.length <= MAX_CHARACTERS ? parse(version) : null;
  const isExact = parsed !== null && numbersOf(parsed).every(Number.isSafeInteger);
  if (parsed !== null && isExact && parsed.local === null) return parsed;
  throw new CountersignError(
    'malformed-version',
    `expected a Python version such as 1.2.3 or 1.2.3rc1, found ${quoteForeign(version)}`,
    parsed !== null && parsed.local !== null
      ? { hint: 'local versions (with a plus sign) are not for publishing' }
      : {},
  );
}

/** Numbers above 2^53 would compare equal to their neighbours. */
function numbersOf(parsed: Parsed): unknown[] {
  const { epoch, release, pre, post, dev } = parsed;
  return [epoch, ...release, ...[pre, post, dev].map((part) => part?.[1] ?? 0)];
}
