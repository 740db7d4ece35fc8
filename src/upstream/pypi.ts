import { CountersignError, isCountersignError } from '../core/errors.ts';
import type {
  Difference,
  ManifestArtifact,
  PublicationHistory,
  UpstreamSummary,
} from '../core/manifest.ts';
import type {
  SecretText,
  UpstreamFile,
  UpstreamRegistry,
  UpstreamTruth,
} from '../ecosystem/ecosystem.ts';
import { expectFormFields, pypiRules } from '../ecosystem/pypi.ts';
import { normalizePypiName, pypiVersions } from '../ecosystem/pypi-versions.ts';
import type { JsonValue } from '../formats/canonical.ts';
import { comparePypiForm, derivePypiForm, type FormFields } from '../formats/pypi-form.ts';
import { parsePythonFileName } from '../formats/python-filename.ts';
import { PYTHON_METADATA_MAX_BYTES, parsePythonMetadata } from '../formats/python-metadata.ts';
import { digestsOf, digestsOfArtifact } from './artifact-bytes.ts';
import { boundedBody } from './bounded-body.ts';
import { absentHistory, composeHistory } from './publication-history.ts';
import { pypiUploadBody } from './pypi-upload-body.ts';
import {
  createRegistryHttp,
  parseRegistryAddress,
  type RegistryHttp,
  type SendAnswer,
  type SendBody,
  type UpstreamDeps,
} from './registry-http.ts';
import { type IndexFile, readSimpleIndex, SIMPLE_INDEX } from './simple-index.ts';
import { attestedAmong, summarizeVersions } from './version-summary.ts';

/**
 * A Python registry: uploads go to `url` as the legacy API takes them, the simple index is read at
 * `readUrl`, or at `/simple/` of the same origin where that is null.
 */
export function connectPypi(
  url: string,
  readUrl: string | null,
  deps: UpstreamDeps,
): UpstreamRegistry {
  const base = parseRegistryAddress(url);
  const index = readUrl === null ? new URL('/simple/', base) : parseRegistryAddress(readUrl);
  const registry: Registry = { base, index, http: createRegistryHttp(base, deps) };
  return {
    ping: () => ping(registry),
    summarize: (name, version) => summarize(registry, name, version),
    historyOf: (name) => historyOf(registry, name),
    filesOf: (name, version) => filesOf(registry, name, version),
    download: (file, use) => registry.http.read(file.url, BYTES, (answer) => use(answer.body)),
    lookUp: (artifact) => lookUp(registry, artifact),
    publish: async (artifact, bytes, metadata, options) => {
      const fields = fieldsOf(artifact, metadata);
      await digestsOfArtifact(artifact, bytes);
      const answer = await registry.http.send({
        method: 'POST',
        path: '',
        authorization: basicAuthorization(options.credential),
        credential: options.credential,
        body: pypiUploadBody(artifact, bytes, fields),
        probe: { method: 'POST', path: '', body: emptyForm() },
      });
      await settlePublish(registry, artifact, answer);
    },
    moveTag: noTags,
    removeTag: noTags,
    confirm: (artifact, metadata) => confirm(registry, artifact, metadata),
    // the protocol has no question for it
    whoami: async () => null,
  };
}

/** Files lie on other hosts than the index, too. */
const BYTES = { accept: '*/*', redirects: 'same-scheme' } as const;

interface Registry {
  readonly base: URL;
  readonly index: URL;
  readonly http: RegistryHttp;
}

/** Without action and file it asks for nothing; what is left to refuse is the credential. */
const emptyForm = (): SendBody => ({
  contentType: 'application/x-www-form-urlencoded',
  sizeBytes: 0,
  bytes: (async function* () {})(),
});

/** The user name that registries of this kind give to every token. */
function basicAuthorization(credential: SecretText): string {
  return `Basic ${Buffer.from(`__token__:${credential.reveal()}`).toString('base64')}`;
}

async function noTags(): Promise<void> {
  throw new CountersignError('internal', 'Python registries have no dist-tags');
}

async function ping({ index, http }: Registry): Promise<void> {
  const options = { accept: SIMPLE_INDEX, redirects: 'same-origin' } as const;
  // the list of all projects may be large: its head is enough
  const type = await http.read(index, options, async (answer) => answer.contentType);
  if (type !== undefined && /^(?:text\/html|application\/vnd\.pypi\.simple\.v1\+)/i.test(type)) {
    return;
  }
  throw new CountersignError(
    'upstream-unreachable',
    `${index.href} does not answer as a simple index does`,
    { hint: 'configure the address that is read, where it is not /simple/ of the upload host' },
  );
}

/** Undefined when the registry does not know the project. */
async function listedFiles(
  { index, http }: Registry,
  name: string,
): Promise<readonly IndexFile[] | undefined> {
  const url = new URL(`${normalizePypiName(name)}/`, index);
  // some servers send on to a public registry what they do not have: that is not this registry
  const options = { accept: SIMPLE_INDEX, redirects: 'same-origin' } as const;
  return http.read(url, options, (answer) =>
    readSimpleIndex(answer, `the simple index of ${name}`),
  );
}

async function summarize(
  registry: Registry,
  name: string,
  version: string,
): Promise<UpstreamSummary> {
  const files = await listedFiles(registry, name);
  const versions = new Set<string>();
  const installable = new Set<string>();
  const attested = new Set<string>();
  for (const { file, isYanked, hasProvenance } of files ?? []) {
    const found = versionOfFile(file);
    if (found === undefined) continue;
    versions.add(found);
    if (hasProvenance) attested.add(found);
    if (!isYanked && !pypiVersions.isPrerelease(found)) installable.add(found);
  }
  const latest = [...installable].sort(pypiVersions.compareVersions).at(-1) ?? null;
  const known = summarizeVersions(pypiVersions, [...versions], version);
  return {
    ...known,
    ...attestedAmong([latest, known.highestInLine, known.highest], attested),
    ecosystem: 'pypi',
    package: normalizePypiName(name),
    exists: files === undefined ? 'no' : 'yes',
    latest,
    distTags: {},
  };
}

async function historyOf(registry: Registry, name: string): Promise<PublicationHistory> {
  const subject = { ecosystem: 'pypi', package: normalizePypiName(name) };
  const files = await listedFiles(registry, name);
  if (files === undefined || files.length === 0) return absentHistory(subject);
  const appearances = files.flatMap(({ file, uploadedAt }) => {
    const version = versionOfFile(file);
    return version === undefined || uploadedAt === null ? [] : [{ version, at: uploadedAt }];
  });
  return composeHistory(subject, appearances);
}

async function filesOf(
  registry: Registry,
  name: string,
  version: string,
): Promise<readonly UpstreamFile[]> {
  const wanted = pypiVersions.normalizeVersion(version);
  const files = (await listedFiles(registry, name)) ?? [];
  return files.flatMap(({ file, url, sha256 }) => {
    if (versionOfFile(file) !== wanted) return [];
    const { kind } = pypiRules.identifyFile(file);
    return [
      { file, kind, url, stated: sha256 === null ? [] : [{ algorithm: 'sha256', hex: sha256 }] },
    ];
  });
}

/** Undefined for eggs, installers and whatever else stands in an index from older days. */
function versionOfFile(file: string): string | undefined {
  try {
    return pypiRules.identifyFile(file).version;
  } catch (error) {
    if (isCountersignError(error)) return undefined;
    throw error;
  }
}

async function fileOf(registry: Registry, artifact: ManifestArtifact) {
  const files = (await listedFiles(registry, artifact.package)) ?? [];
  const found = files.filter((one) => one.file === artifact.file);
  if (found.length < 2) return found[0];
  throw new CountersignError(
    'upstream-unreachable',
    `the simple index of ${artifact.package} lists ${artifact.file} ${found.length} times`,
  );
}

async function lookUp(registry: Registry, artifact: ManifestArtifact): Promise<UpstreamTruth> {
  const file = await fileOf(registry, artifact);
  if (file === undefined) return { kind: 'absent' };
  const sha256 = file.sha256 ?? (await downloadedSha256(registry, artifact, file));
  if (sha256 === undefined) {
    return { kind: 'pending', reason: `${artifact.file} is listed and not served yet` };
  }
  if (sha256 === artifact.sha256) return { kind: 'same' };
  return { kind: 'different', found: `sha256 ${sha256}` };
}

/** Undefined when the file is not served; read to one byte past the artifact's size at most. */
async function downloadedSha256(
  { http }: Registry,
  artifact: ManifestArtifact,
  file: IndexFile,
): Promise<string | undefined> {
  return http.read(file.url, BYTES, async (answer) => {
    const digests = await digestsOf(answer.body, artifact.sizeBytes);
    return digests?.sha256 ?? 'of a longer file';
  });
}

/** The derived form as it goes out. Throws `metadata-disagrees` when it is not the artifact's. */
function fieldsOf(artifact: ManifestArtifact, metadata: JsonValue): FormFields {
  const fields = expectFormFields(metadata, 'malformed-metadata');
  const expected = derivedFrom(artifact);
  for (const [name, value] of Object.entries(expected)) {
    const found = fields.filter(([field]) => field === name).map(([, one]) => one);
    const spelled =
      name === 'name'
        ? found.map(normalizePypiName)
        : name === 'version'
          ? found.map(pypiVersions.normalizeVersion)
          : found;
    if (spelled.length !== 1 || spelled[0] !== value) {
      throw new CountersignError(
        'metadata-disagrees',
        `${artifact.file}: expected ${name} ${value} in the derived form, found ${found.join(', ') || 'none'}`,
      );
    }
  }
  return fields;
}

function derivedFrom(artifact: ManifestArtifact): Readonly<Record<string, string>> {
  return {
    ':action': 'file_upload',
    name: artifact.package,
    version: artifact.version,
    filetype: parsePythonFileName(artifact.file).filetype,
    sha256_digest: artifact.sha256,
  };
}

/** What a refusal means is asked of the registry: a repeated upload of the same bytes is done. */
async function settlePublish(
  registry: Registry,
  artifact: ManifestArtifact,
  answer: SendAnswer,
): Promise<void> {
  if (answer.status < 300) return;
  const mayBeThere = answer.status === 409 || /already exist|overwrite/i.test(answer.words);
  if (mayBeThere) {
    const truth = await lookUp(registry, artifact);
    if (truth.kind === 'same' || truth.kind === 'pending') return;
    if (truth.kind === 'different') {
      throw new CountersignError(
        'upstream-conflict',
        `${registry.base.origin} has other bytes as ${artifact.file}: expected sha256 ${artifact.sha256}, found ${truth.found}`,
        {
          hint: 'find out who published it; a file cannot be replaced, so choose the next version',
        },
      );
    }
  }
  throw new CountersignError(
    'upstream-refused',
    `${registry.base.origin} refused ${artifact.file} (${answer.status}): ${answer.words}`,
    answer.status === 401 || answer.status === 403
      ? { hint: 'see whether the credential is valid and may upload to this project' }
      : {},
  );
}

async function confirm(
  registry: Registry,
  artifact: ManifestArtifact,
  metadata: JsonValue,
): Promise<readonly Difference[]> {
  const file = await fileOf(registry, artifact);
  const sha256 = file && (await downloadedSha256(registry, artifact, file));
  if (file === undefined || sha256 === undefined) {
    throw new CountersignError(
      'upstream-unreachable',
      `${registry.index.href} does not serve ${artifact.file} yet`,
      { hint: 'look it up until it is there, then confirm it' },
    );
  }
  const digests = [
    { field: 'sha256', claimed: sha256 },
    { field: 'index.sha256', claimed: file.sha256 ?? artifact.sha256 },
  ];
  const approved = expectFormFields(metadata, 'malformed-metadata');
  return [
    ...digests
      .filter((one) => one.claimed !== artifact.sha256)
      .map((one) => ({ ...one, actual: artifact.sha256 })),
    ...indexDifferences(file, approved),
    ...(file.hasMetadata ? await metadataDifferences(registry, artifact, file, approved) : []),
  ];
}

/** Installers choose by the index's word on Python versions, before they see the file. */
function indexDifferences(file: IndexFile, approved: FormFields): readonly Difference[] {
  if (file.requiresPython === null) return [];
  const served: FormFields = [
    ...approved.filter(([name]) => name !== 'requires_python'),
    ['requires_python', file.requiresPython],
  ];
  return comparePypiForm(served, approved).map((one) => ({ ...one, field: `index.${one.field}` }));
}

/** PEP 658: the metadata file that the registry serves beside the artifact. */
async function metadataDifferences(
  { http }: Registry,
  artifact: ManifestArtifact,
  file: IndexFile,
  approved: FormFields,
): Promise<readonly Difference[]> {
  const url = new URL(file.url);
  url.pathname += '.metadata';
  url.hash = '';
  const text = await http.read(url, BYTES, (answer) =>
    boundedBody(answer.body, url.href, PYTHON_METADATA_MAX_BYTES),
  );
  if (text === undefined) {
    return [{ field: 'metadata', claimed: 'announced and not served', actual: 'in the file' }];
  }
  try {
    const metadata = parsePythonMetadata(text, 'the served metadata');
    const name = parsePythonFileName(artifact.file);
    return comparePypiForm(derivePypiForm(metadata, name, artifact), approved);
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    return [{ field: 'metadata', claimed: error.message, actual: 'readable in the file' }];
  }
}
