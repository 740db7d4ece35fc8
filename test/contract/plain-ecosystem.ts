/**
 * A third ecosystem that exists in tests only: one JSON file a version, `name@1.2.3.json`, put on a
 * registry of a hundred lines. It shows that the interface needs neither npm nor Python.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { compare, major, minor, prerelease, valid } from 'semver';
import { CountersignError } from '../../src/core/errors.ts';
import type { ManifestArtifact } from '../../src/core/manifest.ts';
import type {
  ArtifactBytes,
  Ecosystem,
  EcosystemRules,
  FileIdentity,
  SecretText,
  UpstreamRegistry,
  UpstreamTruth,
} from '../../src/ecosystem/ecosystem.ts';
import type { JsonObject } from '../../src/formats/canonical.ts';
import { readFromStart } from '../../src/formats/random-access.ts';
import { checkedBytes, digestsOf, digestsOfArtifact } from '../../src/upstream/artifact-bytes.ts';
import { boundedBody } from '../../src/upstream/bounded-body.ts';
import { absentHistory, untoldHistory } from '../../src/upstream/publication-history.ts';
import {
  createRegistryHttp,
  parseRegistryAddress,
  type RegistryHttp,
  type UpstreamDeps,
} from '../../src/upstream/registry-http.ts';
import { summarizeVersions } from '../../src/upstream/version-summary.ts';

const MAX_BYTES = 1024 * 1024;

function refuse(code: 'malformed-name' | 'malformed-version' | 'malformed-archive', what: string) {
  return new CountersignError(code, `the plain ecosystem does not take ${what}`);
}

const normalizeVersion = (version: string): string => {
  if (valid(version) !== version) throw refuse('malformed-version', version);
  return version;
};

function identifyFile(file: string): FileIdentity {
  const [, name, version] = /^([a-z]+)@(.+)\.json$/.exec(file) ?? [];
  if (name === undefined || version === undefined) throw refuse('malformed-name', file);
  return { package: name, version: normalizeVersion(version), kind: 'document' };
}

const plainRules: EcosystemRules = {
  name: 'plain',
  defaultFiles: { document: 1 },
  hasDistTags: false,
  normalizeName: (name) => {
    if (!/^[a-z]+$/.test(name)) throw refuse('malformed-name', name);
    return name;
  },
  normalizeVersion,
  versionOf: normalizeVersion,
  compareVersions: (left, right) => compare(normalizeVersion(left), normalizeVersion(right)),
  isPrerelease: (version) => prerelease(normalizeVersion(version)) !== null,
  sameLine: (left, right) =>
    major(left) === major(right) && (major(left) > 0 || minor(left) === minor(right)),
  identifyFile,
  fileNameOf: (identity) => `${identity.package}@${identity.version}.json`,
  describe: async (file, bytes) => {
    const identity = identifyFile(file);
    const metadata = await readDocument(bytes);
    const agrees =
      metadata['name'] === identity.package && metadata['version'] === identity.version;
    if (!agrees) throw new CountersignError('metadata-disagrees', `${file} is another document`);
    return { ...identity, metadata, dependencies: [], wantsRegistry: null };
  },
  compareRequest: (request, { metadata }) => {
    const [claimed, actual] = [JSON.stringify(request), JSON.stringify(metadata)];
    return claimed === actual ? [] : [{ field: 'document', claimed, actual }];
  },
};

async function readDocument(bytes: ArtifactBytes): Promise<JsonObject> {
  const text = Buffer.from(
    await boundedBody(readFromStart(bytes), 'the document', MAX_BYTES),
  ).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('malformed-archive', 'what is not JSON');
  }
}

/** The ecosystem with connections to `startPlainRegistry`. */
export function createPlainEcosystem(deps: UpstreamDeps): Ecosystem {
  return {
    ...plainRules,
    connect: (url, readUrl) => {
      const base = parseRegistryAddress(url);
      const index = readUrl === null ? base : parseRegistryAddress(readUrl);
      return plainRegistry(base, index, createRegistryHttp(base, deps));
    },
  };
}

function plainRegistry(base: URL, index: URL, http: RegistryHttp): UpstreamRegistry {
  const read = (path: string): Promise<JsonObject | undefined> =>
    http.read(
      new URL(path, index),
      { accept: 'application/json', redirects: 'same-origin' },
      async (answer) => {
        if (answer.contentType !== 'application/json') {
          throw new CountersignError('upstream-unreachable', `${path} is no answer in JSON`);
        }
        const body = await boundedBody(answer.body, path, MAX_BYTES);
        return JSON.parse(Buffer.from(body).toString('utf8'));
      },
    );
  const lookUp = async (artifact: ManifestArtifact): Promise<UpstreamTruth> => {
    const found = (await read(`digests/${artifact.package}`))?.[artifact.version];
    if (typeof found !== 'string') return { kind: 'absent' };
    return found === artifact.sha256 ? { kind: 'same' } : { kind: 'different', found };
  };
  const refusal = (status: number, words: string): CountersignError =>
    new CountersignError('upstream-refused', `${base.origin} refused (${status}): ${words}`);
  const noTags = async (): Promise<void> => {
    throw new CountersignError('internal', 'plain registries have no tags');
  };
  return {
    ping: async () => void (await read('ping')),
    lookUp,
    summarize: async (name, version) => {
      const digests = await read(`digests/${name}`);
      const summary = summarizeVersions(plainRules, Object.keys(digests ?? {}), version);
      const exists = digests === undefined ? 'no' : 'yes';
      const latest = summary.highest;
      return { ...summary, ecosystem: 'plain', package: name, exists, latest, distTags: {} };
    },
    historyOf: async (name) => {
      const subject = { ecosystem: 'plain', package: name };
      const digests = await read(`digests/${name}`);
      return digests === undefined
        ? absentHistory(subject)
        : untoldHistory(subject, 'plain registries tell no times');
    },
    filesOf: async (name, version) => {
      const hex = (await read(`digests/${name}`))?.[version];
      if (typeof hex !== 'string') return [];
      const file = `${name}@${version}.json`;
      const url = new URL(`files/${file}`, index);
      return [{ file, kind: 'document', url, stated: [{ algorithm: 'sha256', hex }] }];
    },
    download: (file, use) =>
      http.read(file.url, { accept: '*/*', redirects: 'same-origin' }, ({ body }) => use(body)),
    publish: async (artifact, bytes, _metadata, { credential }) => {
      await digestsOfArtifact(artifact, bytes);
      const answer = await http.send({
        method: 'PUT',
        path: `files/${artifact.file}`,
        authorization: `Bearer ${credential.reveal()}`,
        credential,
        body: {
          contentType: 'application/json',
          sizeBytes: artifact.sizeBytes,
          bytes: checkedBytes(artifact, bytes),
        },
      });
      if (answer.status < 300) return;
      if (answer.status === 409) {
        const truth = await lookUp(artifact);
        if (truth.kind === 'same') return;
        throw new CountersignError('upstream-conflict', `${artifact.file} has other bytes`);
      }
      throw refusal(answer.status, answer.words);
    },
    moveTag: noTags,
    removeTag: noTags,
    confirm: async (artifact) => {
      const url = new URL(`files/${artifact.file}`, index);
      const options = { accept: '*/*', redirects: 'same-origin' } as const;
      const digests = await http.read(url, options, (answer) =>
        digestsOf(answer.body, artifact.sizeBytes),
      );
      const claimed = digests?.sha256 ?? 'nothing of that size';
      return claimed === artifact.sha256
        ? []
        : [{ field: 'sha256', claimed, actual: artifact.sha256 }];
    },
    whoami: async (_: SecretText) => null,
  };
}

/** The registry: `files` is what it holds, by file name, for a test to look at or change. */
export async function startPlainRegistry(credential: string) {
  const files = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const [, folder, name = ''] = decodeURIComponent(request.url ?? '').split('/');
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
    };
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    if (request.method === 'PUT') {
      if (request.headers.authorization !== `Bearer ${credential}`) {
        return say(401, { error: 'who are you' });
      }
      if (files.has(name)) return say(409, { error: 'there already' });
      files.set(name, Buffer.concat(chunks));
      return say(201, {});
    }
    if (folder === 'ping') return say(200, {});
    if (folder === 'files') return say(files.has(name) ? 200 : 404, files.get(name) ?? {});
    const digests = [...files].filter(([file]) => file.startsWith(`${name}@`));
    return say(
      digests.length === 0 ? 404 : 200,
      Object.fromEntries(
        digests.map(([file, bytes]) => [
          identifyFile(file).version,
          createHash('sha256').update(bytes).digest('hex'),
        ]),
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/`, files, stop };
}
