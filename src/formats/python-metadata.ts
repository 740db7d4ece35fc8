import { CountersignError } from '../core/errors.ts';
import { normalizeProjectName, normalizePythonVersion } from './python-filename.ts';
import { quoteForeign } from './text.ts';

/** Core metadata of a Python distribution (packaging.python.org, versions 1.0 to 2.5). */
export interface PythonMetadata {
  readonly metadataVersion: string;
  readonly name: string;
  /** PEP 503 form of `name`. */
  readonly project: string;
  readonly version: string;
  /** All headers in file order: lower-case name and unfolded value; the three above included. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** From the body, or the header of old versions; null when there is none. */
  readonly description: string | null;
}

/** Above every honest METADATA; the description is nearly all of it. */
export const PYTHON_METADATA_MAX_BYTES = 4 * 1024 * 1024;
const MAX_HEADERS = 5000;

/** Headers that may stand there more than once. */
const MULTIPLE: ReadonlySet<string> = new Set([
  'classifier',
  'dynamic',
  'import-name',
  'import-namespace',
  'license-file',
  'obsoletes',
  'obsoletes-dist',
  'platform',
  'project-url',
  'provides',
  'provides-dist',
  'provides-extra',
  'requires',
  'requires-dist',
  'requires-external',
  'supported-platform',
]);

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads METADATA or PKG-INFO; `where` names it in messages. Throws 'malformed-metadata' (not
 * UTF-8, a line that is no header, a single-use header doubled, no or odd Metadata-Version, Name,
 * Version, two descriptions) and 'limit-exceeded'.
 */
export function parsePythonMetadata(bytes: Uint8Array, where: string): PythonMetadata {
  if (bytes.length > PYTHON_METADATA_MAX_BYTES) {
    throw tooLarge(
      where,
      `has ${bytes.length} bytes, at most ${PYTHON_METADATA_MAX_BYTES} are read`,
    );
  }
  const { head, body } = splitBody(decode(bytes, where));
  const headers = readHeaders(head, where);
  const first = (name: string) => headers.find(([key]) => key === name)?.[1];
  const metadataVersion = first('metadata-version') ?? '';
  if (!/^[12]\.\d$/.test(metadataVersion)) {
    throw malformed(
      where,
      `expected a Metadata-Version such as 2.4, found ${shown(metadataVersion)}`,
    );
  }
  const name = first('name') ?? '';
  if (name.length > 200 || !/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name)) {
    throw malformed(where, `expected a project name under Name, found ${shown(name)}`);
  }
  const version = first('version') ?? '';
  if (version.length > 200 || normalizePythonVersion(version) === null) {
    throw malformed(where, `expected a PEP 440 version under Version, found ${shown(version)}`);
  }
  const described = first('description');
  if (described !== undefined && body !== null) {
    throw malformed(where, 'has a description in the headers and another in the body');
  }
  const project = normalizeProjectName(name);
  return { metadataVersion, name, project, version, headers, description: described ?? body };
}

function decode(bytes: Uint8Array, where: string): string {
  try {
    const text = STRICT.decode(bytes).replaceAll('\r\n', '\n');
    if (!text.includes('\0') && !text.includes('\r')) return text;
  } catch {
    throw malformed(where, 'is not valid UTF-8');
  }
  throw malformed(where, 'holds a NUL or a bare carriage return');
}

function splitBody(text: string): { head: string; body: string | null } {
  const blank = text.indexOf('\n\n');
  if (blank === -1) return { head: text, body: null };
  const body = text.slice(blank + 2);
  return { head: text.slice(0, blank), body: body.trim() === '' ? null : body };
}

function readHeaders(head: string, where: string): readonly (readonly [string, string])[] {
  const folded: { name: string; lines: string[] }[] = [];
  for (const [index, line] of head.split('\n').entries()) {
    if (line === '') continue;
    const last = folded.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) {
      // Descriptions of old versions are indented by eight columns, the last maybe a bar.
      last.lines.push(line.replace(/^(?: {7}\|| {1,8}|\t)/, ''));
      continue;
    }
    const match = /^([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]*(.*)$/.exec(line);
    if (match === null) {
      throw malformed(where, `line ${index + 1} is no header: ${quoteForeign(line)}`);
    }
    folded.push({ name: (match[1] ?? '').toLowerCase(), lines: [match[2] ?? ''] });
    if (folded.length > MAX_HEADERS) throw tooLarge(where, `has more than ${MAX_HEADERS} headers`);
  }
  const seen = new Set<string>();
  return folded.map(({ name, lines }) => {
    if (seen.has(name) && !MULTIPLE.has(name)) {
      throw malformed(where, `has the header ${quoteForeign(name)} twice`);
    }
    seen.add(name);
    return [name, lines.join('\n').trimEnd()] as const;
  });
}

function shown(text: string): string {
  return text === '' ? 'nothing' : quoteForeign(text);
}

function malformed(where: string, problem: string): CountersignError {
  return new CountersignError('malformed-metadata', `${where} ${problem}`, {
    hint: 'build the distribution again with an up-to-date build backend',
  });
}

function tooLarge(where: string, problem: string): CountersignError {
  return new CountersignError('limit-exceeded', `${where} ${problem}`, {
    hint: 'shorten the description; it is nearly all of the metadata',
  });
}
