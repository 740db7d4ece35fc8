import { CountersignError } from '../core/errors.ts';
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
import { normalizeNpmName, npmTarballName, npmVersions } from '../ecosystem/npm-names.ts';
import type { JsonObject, JsonValue } from '../formats/canonical.ts';
import { compareNpmManifest } from '../formats/npm-manifest.ts';
import { type ByteDigests, digestsOf, digestsOfArtifact } from './artifact-bytes.ts';
import { readJsonStream } from './json-stream.ts';
import {
  FULL_PACKUMENT,
  isObject,
  type Packument,
  readPackument,
  readPackumentTimes,
  SHORT_PACKUMENT,
} from './npm-packument.ts';
import { npmUploadBody } from './npm-upload-body.ts';
import { absentHistory, composeHistory } from './publication-history.ts';
import {
  createRegistryHttp,
  parseRegistryAddress,
  type RegistryHttp,
  type SendAnswer,
  type SendCall,
  type UpstreamDeps,
} from './registry-http.ts';
import { attestedAmong, summarizeVersions } from './version-summary.ts';

const WHOAMI = { method: 'GET', path: '-/whoami' } as const;
/** Registries serve tarballs from other hosts, too. */
const TARBALL = { accept: '*/*', redirects: 'same-scheme' } as const;
const ANSWER_LIMITS = { maxBytes: 64 * 1024, maxValueCharacters: 64 * 1024, maxDepth: 16 };

/** An npm registry: publishing goes to `url`, reading to `readUrl` where that is given. */
export function connectNpm(
  url: string,
  readUrl: string | null,
  deps: UpstreamDeps,
): UpstreamRegistry {
  const base = parseRegistryAddress(url);
  const readBase = readUrl === null ? base : parseRegistryAddress(readUrl);
  const http = createRegistryHttp(base, deps);
  const registry: Registry = { base, readBase, http };
  return {
    ping: () => ping(registry),
    summarize: (name, version) => summarize(registry, name, version),
    historyOf: (name) => historyOf(registry, name),
    filesOf: (name, version) => filesOf(registry, name, version),
    download: (file, use) => http.read(file.url, TARBALL, (answer) => use(answer.body)),
    lookUp: (artifact) => lookUp(registry, artifact),
    publish: async (artifact, bytes, metadata, options) => {
      const tag = options.stagingTag;
      if (tag === null) {
        throw new CountersignError(
          'internal',
          `${artifact.package}: npm publishes under a dist-tag`,
        );
      }
      normalizeNpmName(artifact.package);
      const digests = await digestsOfArtifact(artifact, bytes);
      const body = npmUploadBody({
        ...{ registry: base, artifact, digests, bytes, metadata, tag },
        provenance: options.provenance ?? null,
      });
      const path = escapedName(artifact.package);
      const answer = await send(
        registry,
        { method: 'PUT', path, body, probe: WHOAMI },
        options.credential,
      );
      await settlePublish(registry, artifact, answer);
    },
    moveTag: async (name, tag, version, credential) => {
      const body = jsonBody(version);
      const answer = await send(
        registry,
        { method: 'PUT', path: tagPath(name, tag), body },
        credential,
      );
      if (answer.status >= 300) throw refused(registry, `dist-tag ${tag} of ${name}`, answer);
    },
    removeTag: (name, tag, credential) => removeTag(registry, name, tag, credential),
    confirm: (artifact, metadata) => confirm(registry, artifact, metadata),
    whoami: (credential) => whoami(registry, credential),
  };
}

interface Registry {
  readonly base: URL;
  readonly readBase: URL;
  readonly http: RegistryHttp;
}

async function ping({ readBase, http }: Registry): Promise<void> {
  const url = new URL('-/ping', readBase);
  const options = { accept: 'application/json', redirects: 'same-origin' } as const;
  let isRegistry = false;
  const found = await http.read(url, options, async (answer) => {
    await readJsonStream(answer.body, 'the answer to a ping', ANSWER_LIMITS, {
      wants: (path) => path.length === 0,
      take: (_, value) => {
        isRegistry = isObject(value);
      },
    });
    return true;
  });
  if (found === true && isRegistry) return;
  throw new CountersignError(
    'upstream-unreachable',
    `${url.href} does not answer as npm registries do`,
  );
}

async function packumentOf(
  { readBase, http }: Registry,
  name: string,
  version: string,
  accept: string,
): Promise<Packument | undefined> {
  normalizeNpmName(name);
  // a package that is redirected to another registry is not on this one
  const options = { accept, redirects: 'same-origin' } as const;
  return http.read(new URL(escapedName(name), readBase), options, (answer) =>
    readPackument(answer, name, version),
  );
}

async function summarize(
  registry: Registry,
  name: string,
  version: string,
): Promise<UpstreamSummary> {
  const packument = await packumentOf(registry, name, version, SHORT_PACKUMENT);
  const distTags = packument?.distTags ?? {};
  const latest = (Object.hasOwn(distTags, 'latest') ? distTags['latest'] : undefined) ?? null;
  const known = summarizeVersions(npmVersions, packument?.versions ?? [], version);
  return {
    ...known,
    ...attestedAmong([latest, known.highestInLine, known.highest], packument?.attested),
    ecosystem: 'npm',
    package: name,
    exists: packument === undefined ? 'no' : 'yes',
    latest,
    distTags,
  };
}

async function historyOf({ readBase, http }: Registry, name: string): Promise<PublicationHistory> {
  const subject = { ecosystem: 'npm', package: normalizeNpmName(name) };
  // the short form of a packument has no times
  const options = { accept: FULL_PACKUMENT, redirects: 'same-origin' } as const;
  const found = await http.read(new URL(escapedName(name), readBase), options, (answer) =>
    readPackumentTimes(answer, name),
  );
  // of a package that was taken down some registries keep the times and no version
  if (found === undefined || !found.hasVersions) return absentHistory(subject);
  return composeHistory(subject, found.appearances);
}

async function lookUp(registry: Registry, artifact: ManifestArtifact): Promise<UpstreamTruth> {
  const { package: name, version } = artifact;
  const packument = await packumentOf(registry, name, version, SHORT_PACKUMENT);
  if (packument?.wanted === undefined) return { kind: 'absent' };
  const dist = distOf(packument.wanted);
  const served = sha512sOf(dist['integrity']);
  const other = served.find((one) => one !== artifact.sha512);
  if (other !== undefined) return { kind: 'different', found: `sha512 ${other}` };
  if (served.length > 0) return { kind: 'same' };
  // old or foreign registries name no sha512: then the bytes decide
  const download = await downloadOf(registry, artifact, dist);
  if (download === undefined) {
    return { kind: 'pending', reason: `${name} ${version} is listed, its tarball is not served` };
  }
  return download.sha512 === artifact.sha512
    ? { kind: 'same' }
    : { kind: 'different', found: `sha512 ${download.sha512}` };
}

function distOf(manifest: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const dist = manifest['dist'];
  return isObject(dist) ? dist : {};
}

/** The SHA-512 digests of an SRI string, in hexadecimal; none where it has none. */
function sha512sOf(integrity: unknown): string[] {
  if (typeof integrity !== 'string') return [];
  return integrity
    .split(/\s+/)
    .filter((one) => one.startsWith('sha512-'))
    .map((one) => Buffer.from(one.slice('sha512-'.length), 'base64').toString('hex'));
}

/** A download of other length than the artifact: its size is not followed to the end. */
const LONGER: ByteDigests = { sizeBytes: -1, sha1: '', sha256: '', sha512: 'of a longer file' };

async function downloadOf(
  { readBase, http }: Registry,
  artifact: ManifestArtifact,
  dist: Readonly<Record<string, unknown>>,
): Promise<ByteDigests | undefined> {
  return http.read(tarballOf(readBase, artifact.package, dist), TARBALL, async (answer) => {
    return (await digestsOf(answer.body, artifact.sizeBytes + 1)) ?? LONGER;
  });
}

function tarballOf(readBase: URL, name: string, dist: Readonly<Record<string, unknown>>): URL {
  const address = dist['tarball'];
  const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && url.protocol === readBase.protocol && url.username === '') return url;
  throw new CountersignError(
    'upstream-unreachable',
    `the packument of ${name} has no ${readBase.protocol} address for the tarball`,
  );
}

async function filesOf(
  registry: Registry,
  name: string,
  version: string,
): Promise<readonly UpstreamFile[]> {
  const packument = await packumentOf(registry, name, version, SHORT_PACKUMENT);
  if (packument?.wanted === undefined) return [];
  const dist = distOf(packument.wanted);
  // what the tarball is called in its address is for whoever published it to say
  const file = npmTarballName(name, npmVersions.normalizeVersion(version));
  const url = tarballOf(registry.readBase, name, dist);
  return [{ file, kind: 'tarball', url, stated: statedBy(dist) }];
}

/** SHA-512 where there is one; registries of older days name the SHA-1 alone. */
function statedBy(dist: Readonly<Record<string, unknown>>): UpstreamFile['stated'] {
  const strong = sha512sOf(dist['integrity']);
  if (strong.length > 0) return strong.map((hex) => ({ algorithm: 'sha512', hex }));
  const weak = dist['shasum'];
  if (typeof weak !== 'string' || !/^[0-9a-f]{40}$/i.test(weak)) return [];
  return [{ algorithm: 'sha1', hex: weak.toLowerCase() }];
}

async function send(
  registry: Registry,
  call: Omit<SendCall, 'authorization' | 'credential'>,
  credential: SecretText,
): Promise<SendAnswer> {
  const authorization = `Bearer ${credential.reveal()}`;
  return registry.http.send({ ...call, authorization, credential });
}

/**
 * What a refusal means is asked of the registry: a repeated upload of the same bytes is done, and
 * the public registry answers 409 while it still scans what it has taken.
 */
async function settlePublish(
  registry: Registry,
  artifact: ManifestArtifact,
  answer: SendAnswer,
): Promise<void> {
  if (answer.status < 300) return;
  const what = `${artifact.package} ${artifact.version}`;
  const mayBeThere =
    answer.status === 409 ||
    ((answer.status === 403 || answer.status === 400) &&
      /publish over|already (?:present|exists|published)/i.test(answer.words));
  if (mayBeThere) {
    if (/previously staged/i.test(answer.words)) return;
    const truth = await lookUp(registry, artifact);
    if (truth.kind === 'same' || truth.kind === 'pending') return;
    if (truth.kind === 'different') {
      throw new CountersignError(
        'upstream-conflict',
        `${registry.base.origin} has other bytes as ${what}: expected sha512 ${artifact.sha512}, found ${truth.found}`,
        { hint: 'find out who published it; a version cannot be replaced, so choose the next one' },
      );
    }
  }
  throw refused(registry, what, answer);
}

function refused(registry: Registry, what: string, answer: SendAnswer): CountersignError {
  return new CountersignError(
    'upstream-refused',
    `${registry.base.origin} refused ${what} (${answer.status}): ${answer.words}`,
    answer.status === 401 || answer.status === 403
      ? {
          hint: 'see whether the credential is valid, of the right kind, and may write this package',
        }
      : {},
  );
}

async function removeTag(
  registry: Registry,
  name: string,
  tag: string,
  credential: SecretText,
): Promise<void> {
  const call = { method: 'DELETE', path: tagPath(name, tag) } as const;
  const answer = await send(registry, call, credential);
  if (answer.status < 300) return;
  if (answer.status === 404) {
    const packument = await packumentOf(registry, name, '', SHORT_PACKUMENT);
    if (packument === undefined || !Object.hasOwn(packument.distTags, tag)) return;
  }
  throw refused(registry, `to remove dist-tag ${tag} of ${name}`, answer);
}

async function confirm(
  registry: Registry,
  artifact: ManifestArtifact,
  metadata: JsonValue,
): Promise<readonly Difference[]> {
  const { package: name, version } = artifact;
  const packument = await packumentOf(registry, name, version, FULL_PACKUMENT);
  const served = packument?.wanted;
  const download = served && (await downloadOf(registry, artifact, distOf(served)));
  if (served === undefined || download === undefined) {
    throw new CountersignError(
      'upstream-unreachable',
      `${registry.readBase.origin} does not serve ${name} ${version} yet`,
      { hint: 'look it up until it is there, then confirm it' },
    );
  }
  const differences = compareNpmManifest(served as JsonObject, metadata as JsonObject);
  if (download.sha512 === artifact.sha512) return differences;
  return [{ field: 'sha512', claimed: download.sha512, actual: artifact.sha512 }, ...differences];
}

async function whoami(registry: Registry, credential: SecretText): Promise<string | null> {
  const answer = await send(registry, WHOAMI, credential);
  if (answer.status === 404) return null;
  if (answer.status >= 300) throw refused(registry, 'to say who the credential is', answer);
  let value: unknown;
  try {
    value = JSON.parse(answer.text);
  } catch {
    value = undefined;
  }
  const username = isObject(value) ? value['username'] : undefined;
  return typeof username === 'string' && /^[\x21-\x7e]{1,256}$/.test(username) ? username : null;
}

/** As clients send it: the slash of a scope escaped. */
function escapedName(name: string): string {
  return name.replace('/', '%2f');
}

function tagPath(name: string, tag: string): string {
  return `-/package/${escapedName(normalizeNpmName(name))}/dist-tags/${encodeURIComponent(tag)}`;
}

function jsonBody(value: string): NonNullable<SendCall['body']> {
  const bytes = Buffer.from(JSON.stringify(value));
  return {
    contentType: 'application/json',
    sizeBytes: bytes.length,
    bytes: (async function* () {
      yield bytes;
    })(),
  };
}
