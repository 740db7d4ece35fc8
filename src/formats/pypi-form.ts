/**
 * The fields of a legacy upload as derived from the distribution itself: the registry resolves by
 * them, so they are never taken from the uploader. What the uploader sent is only compared.
 */
import type { Difference } from '../core/manifest.ts';
import {
  normalizeProjectName,
  normalizePythonVersion,
  type PythonFileName,
} from './python-filename.ts';
import type { PythonMetadata } from './python-metadata.ts';

/** Form fields in the order in which they are sent; a name may come more than once. */
export type FormFields = readonly (readonly [name: string, value: string])[];

/** Form name by header of core metadata; where they differ it is not by the hyphens alone. */
const FORM_NAMES: readonly (readonly [header: string, field: string])[] = [
  ['summary', 'summary'],
  ['description-content-type', 'description_content_type'],
  ['keywords', 'keywords'],
  ['home-page', 'home_page'],
  ['download-url', 'download_url'],
  ['author', 'author'],
  ['author-email', 'author_email'],
  ['maintainer', 'maintainer'],
  ['maintainer-email', 'maintainer_email'],
  ['license', 'license'],
  ['license-expression', 'license_expression'],
  ['license-file', 'license_file'],
  ['classifier', 'classifiers'],
  ['platform', 'platform'],
  ['supported-platform', 'supported_platform'],
  ['requires-python', 'requires_python'],
  ['requires-dist', 'requires_dist'],
  ['requires-external', 'requires_external'],
  ['provides-extra', 'provides_extra'],
  ['provides-dist', 'provides_dist'],
  ['obsoletes-dist', 'obsoletes_dist'],
  ['requires', 'requires'],
  ['provides', 'provides'],
  ['obsoletes', 'obsoletes'],
  ['project-url', 'project_urls'],
  ['dynamic', 'dynamic'],
  ['import-name', 'import_names'],
  ['import-namespace', 'import_namespaces'],
];

/**
 * The fields that go upstream before `content`. Headers without a value and headers that are not
 * part of core metadata 2.5 are not sent. `digests.sha256` is lower-case hexadecimal.
 */
export function derivePypiForm(
  metadata: PythonMetadata,
  file: PythonFileName,
  digests: { readonly sha256: string },
): FormFields {
  const fields: (readonly [string, string])[] = [
    [':action', 'file_upload'],
    ['protocol_version', '1'],
    ['metadata_version', metadata.metadataVersion],
    ['name', metadata.name],
    ['version', metadata.version],
    ['filetype', file.filetype],
    ['pyversion', file.pyversion],
  ];
  for (const [header, field] of FORM_NAMES) {
    for (const [name, value] of metadata.headers) {
      if (name === header && value !== '') fields.push([field, value]);
    }
  }
  if (metadata.description !== null) fields.push(['description', metadata.description]);
  fields.push(['sha256_digest', digests.sha256]);
  return fields;
}

/** How one value of a compared field is spelled, so that clients may write it their way. */
const COMPARED: Readonly<Record<string, (value: string) => string>> = {
  name: normalizeProjectName,
  version: (value) => normalizePythonVersion(value) ?? value,
  filetype: (value) => value,
  pyversion: (value) => value,
  requires_python: spellSpecifiers,
  requires_dist: spellRequirement,
  provides_extra: normalizeProjectName,
  sha256_digest: (value) => value.toLowerCase(),
};

/**
 * Where an upload form and the derived one differ in what decides installation: name, version, file
 * type, requirements, extras, digest. Tolerates what twine, uv, flit, poetry, pdm and hatch write
 * differently for one distribution. Empty: they agree.
 */
export function comparePypiForm(request: FormFields, derived: FormFields): readonly Difference[] {
  const differences: Difference[] = [];
  for (const [field, spell] of Object.entries(COMPARED)) {
    const claimed = valuesOf(request, field, spell);
    const actual = valuesOf(derived, field, spell);
    // Old twine sends no Python version for an sdist, and not all clients send a SHA-256.
    const mayBeAbsent = field === 'pyversion' || field === 'sha256_digest';
    if (mayBeAbsent && claimed.length === 0) continue;
    if (claimed.join('\n') !== actual.join('\n')) {
      differences.push({ field, claimed: show(claimed), actual: show(actual) });
    }
  }
  return differences;
}

function valuesOf(
  fields: FormFields,
  field: string,
  spell: (value: string) => string,
): readonly string[] {
  const values = fields.filter(([name, value]) => name === field && value !== '');
  return [...new Set(values.map(([, value]) => spell(value)))].sort();
}

/** PEP 508 without its optional white space and parentheses; specifiers in one order. */
function spellRequirement(requirement: string): string {
  const semicolon = requirement.indexOf(';');
  const subject = semicolon === -1 ? requirement : requirement.slice(0, semicolon);
  const marker = semicolon === -1 ? '' : requirement.slice(semicolon + 1);
  const [, name = '', extras = '', rest = ''] =
    /^\s*([A-Za-z0-9._-]+)\s*(\[[^\]]*\])?\s*(.*)$/s.exec(subject) ?? [];
  const wanted = extras
    .replace(/[[\]\s]/g, '')
    .split(',')
    .map(normalizeProjectName)
    .sort();
  const isAddress = rest.trimStart().startsWith('@');
  const specifiers = isAddress ? rest.trim() : spellSpecifiers(rest);
  const condition = marker.replaceAll('"', "'").replace(/\s+/g, '');
  return `${normalizeProjectName(name)}[${wanted.join(',')}]${specifiers};${condition}`;
}

function spellSpecifiers(specifiers: string): string {
  return specifiers
    .replace(/[\s()]/g, '')
    .split(',')
    .filter(Boolean)
    .sort()
    .join(',');
}

function show(values: readonly string[]): string {
  const text = values.length === 0 ? 'nothing' : values.join(', ');
  return text.length <= 300 ? text : `${text.slice(0, 300)}... (${text.length} characters)`;
}
