import { clean } from '@renovatebot/pep440';
import { CountersignError } from '../core/errors.ts';
import { quoteForeign } from './text.ts';

/** What the file name of a Python distribution says. */
export interface PythonFileName {
  readonly fileName: string;
  readonly kind: 'wheel' | 'sdist';
  /** Project name in PEP 503 form. */
  readonly project: string;
  /** Version in PEP 440 normal form. */
  readonly version: string;
  /** As the upload form says it: the Python tag of a wheel, `source` for an sdist. */
  readonly pyversion: string;
  /** As the upload form says it. */
  readonly filetype: 'bdist_wheel' | 'sdist';
  /** Compatibility tags of a wheel (PEP 425), still compressed; null for an sdist. */
  readonly tags: {
    readonly python: string;
    readonly abi: string;
    readonly platform: string;
    readonly build: string | null;
  } | null;
}

const WHEEL =
  /^(?<name>[A-Za-z0-9](?:[A-Za-z0-9._]*[A-Za-z0-9])?)-(?<version>[A-Za-z0-9._+!]+)(?:-(?<build>\d[A-Za-z0-9._]*))?-(?<python>[a-z0-9_.]+)-(?<abi>[A-Za-z0-9_.]+)-(?<platform>[A-Za-z0-9_.]+)\.whl$/;
const SDIST =
  /^(?<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)-(?<version>[A-Za-z0-9._+!]+)\.tar\.gz$/;

/** PEP 503: lower case, runs of `-`, `_` and `.` become one `-`. */
export function normalizeProjectName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** PEP 440 normal form: `1.0-RC1` becomes `1.0rc1`. Null for what is no version. */
export function normalizePythonVersion(version: string): string | null {
  // The library joins the segments of a local version by commas, which no version has.
  return clean(version)?.replaceAll(',', '.') ?? null;
}

/**
 * Reads the name of a wheel (PEP 427) or an sdist (PEP 625, and older ones whose project has
 * hyphens or capitals: the version follows the last hyphen). Throws 'malformed-name' for any other
 * file, eggs and zipped sdists among them, 'malformed-version' where PEP 440 does not take it.
 */
export function parsePythonFileName(fileName: string): PythonFileName {
  const isWheel = fileName.endsWith('.whl');
  const groups = (isWheel ? WHEEL : SDIST).exec(fileName)?.groups;
  if (fileName.length > 255 || groups === undefined) {
    throw new CountersignError(
      'malformed-name',
      `expected NAME-VERSION.tar.gz or NAME-VERSION-PYTHON-ABI-PLATFORM.whl, found ${quoteForeign(fileName)}`,
      { hint: 'upload a wheel and a .tar.gz sdist as "python -m build" makes them' },
    );
  }
  const { name = '', version: raw = '', python = '', abi = '', platform = '', build } = groups;
  const version = normalizePythonVersion(raw);
  if (version === null) {
    throw new CountersignError(
      'malformed-version',
      `expected a PEP 440 version in ${quoteForeign(fileName)}, found ${quoteForeign(raw)}`,
    );
  }
  return {
    fileName,
    kind: isWheel ? 'wheel' : 'sdist',
    project: normalizeProjectName(name),
    version,
    pyversion: isWheel ? python : 'source',
    filetype: isWheel ? 'bdist_wheel' : 'sdist',
    tags: isWheel ? { python, abi, platform, build: build ?? null } : null,
  };
}
