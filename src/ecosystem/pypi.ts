import { createHash } from 'node:crypto';
import { CountersignError } from '../core/errors.ts';
import { archiveLimit, DEFAULT_ARCHIVE_LIMITS } from '../formats/archive-entry.ts';
import { joinBytes } from '../formats/bytes.ts';
import type { JsonValue } from '../formats/canonical.ts';
import { comparePypiForm, derivePypiForm, type FormFields } from '../formats/pypi-form.ts';
import { readSdistMetadata, readWheelMetadata } from '../formats/python-distribution.ts';
import { type PythonFileName, parsePythonFileName } from '../formats/python-filename.ts';
import { readFromStart } from '../formats/random-access.ts';
import { readTarGz } from '../formats/tar-archive.ts';
import { readZip } from '../formats/zip-archive.ts';
import type {
  ArtifactBytes,
  ArtifactDescription,
  EcosystemRules,
  FileIdentity,
} from './ecosystem.ts';
import { ANY_VERSION, joinRanges } from './new-dependencies.ts';
import { normalizePypiName, normalizePypiVersion, pypiVersions } from './pypi-versions.ts';

/** PyPI: wheels and one sdist a version, named by their file names and core metadata. */
export const pypiRules: EcosystemRules = {
  name: 'pypi',
  defaultFiles: { wheel: 1, sdist: 1 },
  hasDistTags: false,
  ...pypiVersions,
  normalizeName: normalizePypiName,
  identifyFile: (file) => identityOf(parsePythonFileName(file)),
  // registries keep the name that was uploaded
  fileNameOf: (_, uploaded) => parsePythonFileName(uploaded).fileName,
  describe: describePythonFile,
  compareRequest: (request, description) =>
    comparePypiForm(
      expectFormFields(request, 'malformed-upload'),
      expectFormFields(description.metadata, 'malformed-metadata'),
    ),
};

function identityOf({ project, version, kind }: PythonFileName): FileIdentity {
  return { package: normalizePypiName(project), version: normalizePypiVersion(version), kind };
}

async function describePythonFile(
  name: string,
  bytes: ArtifactBytes,
): Promise<ArtifactDescription> {
  const file = parsePythonFileName(name);
  const hash = createHash('sha256');
  const hashed = hashing(readFromStart(bytes), hash);
  const metadata =
    file.kind === 'wheel'
      ? await readWheelMetadata(
          readZip(typeof bytes === 'function' ? await wholeOf(hashed) : bytes),
          file,
        )
      : await readSdistMetadata(readTarGz(hashed), file);
  // the archive's reader may stop before the last byte of the file
  for await (const _ of hashed);
  const form = derivePypiForm(metadata, file, { sha256: hash.digest('hex') });
  return {
    ...identityOf(file),
    metadata: form,
    ...dependenciesOf(form),
    wantsRegistry: null,
  };
}

async function* hashing(
  bytes: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

/** A stream of a zip file is held in memory, within the archive's limit: it is read from its end. */
async function wholeOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const { packedBytes } = DEFAULT_ARCHIVE_LIMITS;
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.length;
    if (sizeBytes > packedBytes) {
      throw archiveLimit('the archive', `has more than ${packedBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return joinBytes(chunks);
}

/** Projects that every installation brings in, sorted; what only an extra asks for is left out. */
function dependenciesOf(
  form: FormFields,
): Required<Pick<ArtifactDescription, 'dependencies' | 'ranges'>> {
  const names = new Set<string>();
  const ranges = new Map<string, Set<string>>();
  for (const [field, value] of form) {
    if (field !== 'requires_dist') continue;
    const text = value.trimStart();
    const name = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(text)?.[0].replace(/[-_.]+$/, '');
    const marker = value.includes(';') ? value.slice(value.indexOf(';')) : '';
    if (name === undefined) continue;
    const project = normalizePypiName(name);
    if (!/\bextra\s*==/.test(marker)) names.add(project);
    // an extra may ask for another range of the same project
    const known = ranges.get(project) ?? new Set();
    ranges.set(project, known.add(text.slice(name.length).trim()));
  }
  const joined = joinRanges(ranges);
  const dependencies = [...names].sort();
  return {
    dependencies,
    ranges: Object.fromEntries(dependencies.map((one) => [one, joined[one] ?? ANY_VERSION])),
  };
}

/** The fields of a form that went through JSON. Throws `code` when it is not a list of pairs. */
export function expectFormFields(
  value: JsonValue,
  code: 'malformed-upload' | 'malformed-metadata',
): FormFields {
  const isPair = (one: unknown): one is readonly [string, string] =>
    Array.isArray(one) && one.length === 2 && one.every((part) => typeof part === 'string');
  if (Array.isArray(value) && value.every(isPair)) return value;
  throw new CountersignError(code, 'a Python upload form is not a list of names and values');
}
