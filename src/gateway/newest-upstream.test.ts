/** What a registry can say and do about a version that nobody approved; each ends in a record. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { makeTarGz } from '../../testdata/archives.ts';
import { createFileBlobs } from '../blobs/file-blobs.ts';
import { createEcosystems } from '../compose.ts';
import { CountersignError } from '../core/errors.ts';
import type { Upstream } from '../core/policy.ts';
import { systemClock } from '../host/clock.ts';
import { createThreadInspector } from '../host/inspector.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { digestOfSummary } from '../inspect/diff/summary.ts';
import { sampleRelease } from '../inspect/samples/sample-release.ts';
import { requireEcosystem } from './deps.ts';
import { fetchNewest } from './newest-upstream.ts';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

const NAME = 'a';
const PACKED = await makeTarGz([
  { path: 'package/package.json', content: '{"name":"a","version":"1.2.3"}' },
  { path: 'package/evil.js', content: 'export {};\n' },
]);
const sha512 = (bytes: Uint8Array) =>
  `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

interface Registry {
  readonly dist?: (origin: string) => object | null;
  /** Null: there is no such file. Undefined: it never answers. */
  readonly bytes?: Uint8Array | null | undefined;
  /** File names of a Python index, all with the same bytes. */
  readonly files?: readonly string[];
}

/** A registry of either kind that has one package and says what a test wants. */
async function startRegistry(registry: Registry): Promise<string> {
  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host}`;
    const say = (type: string, body: string) => {
      response.writeHead(200, { 'content-type': type });
      response.end(body);
    };
    if (request.url === '/a') {
      const dist = registry.dist?.(origin) ?? { tarball: `${origin}/a.tgz` };
      const versions = { '1.2.3': { name: NAME, version: '1.2.3', dist } };
      say('application/json', JSON.stringify({ name: NAME, versions, 'dist-tags': {} }));
    } else if (request.url === '/simple/a/') {
      const links = (registry.files ?? []).map((file) => `<a href="/files/${file}">${file}</a>`);
      say('text/html', `<!DOCTYPE html><html><body>${links.join('\n')}</body></html>`);
    } else if (registry.bytes === null) {
      response.writeHead(404);
      response.end();
    } else if (registry.bytes !== undefined) response.end(registry.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ended.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
}

interface Circumstances {
  readonly ecosystem?: 'npm' | 'pypi';
  readonly uploadMaxBytes?: number;
  readonly releaseMaxBytes?: number;
  /** Waiting takes no time. */
  readonly impatient?: boolean;
  /** What the clock says, call by call; the last for ever. */
  readonly times?: string[];
}

async function fetchFrom(url: string, how: Circumstances = {}) {
  const { ecosystem = 'npm', uploadMaxBytes = 1 << 20, releaseMaxBytes = 2 << 20 } = how;
  const folder = mkdtempSync(join(tmpdir(), 'countersign-newest-'));
  ended.push(() => rmSync(folder, { recursive: true, force: true }));
  const ecosystems = createEcosystems();
  const { times } = how;
  const deps = {
    ecosystems,
    blobs: await createFileBlobs({ folder }),
    inspector: createThreadInspector({ withinMs: 30_000, heapMegabytes: 256 }),
    crypto: nodeCrypto,
    clock: times === undefined ? systemClock : { now: () => times.shift() ?? '' },
    sleep: how.impatient ? async () => undefined : systemClock.sleep,
    registry: (upstream: Upstream) =>
      requireEcosystem({ ecosystems }, upstream.ecosystem).connect(upstream.url, upstream.readUrl),
    settings: {
      ...{ origin: 'http://127.0.0.1:1', uploadMaxBytes, releaseMaxBytes },
      ...{ uploadCredentialSeconds: 1, sessionSeconds: 1 },
    },
  };
  const { inputs, policy } = sampleRelease();
  const seen = inputs.upstream.find((one) => one.ecosystem === ecosystem);
  if (seen === undefined) throw new Error('the sample has both');
  const shown = { latest: '1.2.3', highestInLine: '1.2.3', highest: '1.2.3' };
  const newest = await fetchNewest(deps, {
    upstream: [{ ...seen, ...shown, package: NAME }],
    approved: [{ ecosystem, package: NAME, versions: ['1.2.2'] }],
    policy,
    upstreamOf: () =>
      ({ ecosystem, url, readUrl: null, mode: 'publish', credential: 'c' }) as Upstream,
  });
  return { ...newest, deps, left: readdirSync(join(folder, 'incoming')) };
}

/** The one file of the one version. */
async function onlyFile(registry: Registry, how: Circumstances = {}) {
  const { versions, left } = await fetchFrom(await startRegistry(registry), how);
  expect(versions).toMatchObject([{ package: NAME, version: '1.2.3', reason: null }]);
  expect(versions[0]?.files).toHaveLength(1);
  if (!how.impatient) expect(left).toEqual([]);
  return versions[0]?.files[0];
}

test('bytes are kept by digest, and named with what the registry states', async () => {
  const dist = (origin: string) => ({ tarball: `${origin}/a.tgz`, integrity: sha512(PACKED) });
  const url = await startRegistry({ bytes: PACKED, dist });
  const { versions, summaries, deps } = await fetchFrom(url);
  const [summary] = summaries;
  if (summary === undefined) throw new Error('it was not read');
  const sha256 = createHash('sha256').update(PACKED).digest('hex');
  expect(versions[0]?.files).toEqual([
    {
      ...{ kind: 'tarball', file: 'a-1.2.3.tgz', sizeBytes: PACKED.length, sha256 },
      ...{ stated: 'sha512', summary: digestOfSummary(summary), reason: null },
    },
  ]);
  expect(summary).toMatchObject({
    sha256,
    files: [{ place: 'evil.js' }, { place: 'package.json' }],
  });
  expect(await deps.blobs.has(summary.sha256)).toBe(true);
});

test('where the registry states nothing that is said; a SHA-1 is held against the bytes too', async () => {
  expect(await onlyFile({ bytes: PACKED })).toMatchObject({ stated: 'nothing', reason: null });
  const shasum = (bytes: Uint8Array) => (origin: string) => ({
    tarball: `${origin}/a.tgz`,
    shasum: createHash('sha1').update(bytes).digest('hex'),
  });
  const same = await onlyFile({ bytes: PACKED, dist: shasum(PACKED) });
  expect(same).toMatchObject({ stated: 'sha1', reason: null });
  const other = await onlyFile({ bytes: PACKED, dist: shasum(Buffer.from('other')) });
  expect(other).toMatchObject({ sha256: null, reason: expect.stringMatching(/^expected sha1 /) });
});

test.each<[string, Registry, Circumstances, RegExp]>([
  [
    'other bytes than stated',
    {
      bytes: PACKED,
      dist: (origin) => ({ tarball: `${origin}/a.tgz`, integrity: sha512(Buffer.from('x')) }),
    },
    {},
    /^expected sha512 [0-9a-f]{16}\.\.\. as the registry states, found [0-9a-f]{16}/,
  ],
  ['a file that is not served', { bytes: null }, {}, /^it is listed and not served$/],
  [
    'a file above the bound of uploads',
    { bytes: PACKED },
    { uploadMaxBytes: 100 },
    /^the file has more than 100 bytes$/,
  ],
  [
    'a file above the bound of a release',
    { bytes: PACKED },
    { releaseMaxBytes: 90 },
    /^the file has more than 90 bytes$/,
  ],
])('%s are recorded as such, and nothing is kept', async (_, registry, how, reason) => {
  expect(await onlyFile(registry, how)).toEqual({
    ...{ kind: 'tarball', file: 'a-1.2.3.tgz', sizeBytes: null, sha256: null, stated: null },
    ...{ summary: null, reason: expect.stringMatching(reason) },
  });
});

const torn = PACKED.subarray(0, PACKED.length - 20);
const bomb = gzipSync(Buffer.alloc(64 << 20), { level: 9 });
const doubled = await makeTarGz([
  { path: 'package/package.json', content: '{}' },
  { path: 'package/package.json', content: '{"scripts":{}}' },
]);
test.each<[string, Uint8Array, RegExp]>([
  ['a torn archive', torn, /./],
  ['a bomb', bomb, /ratio/],
  ['a file twice', doubled, /twice|path/],
  ['no archive', Buffer.from('hello'), /./],
  ['nothing at all', Buffer.alloc(0), /./],
])('%s is kept, and unread with a reason', async (_, bytes, reason) => {
  expect(await onlyFile({ bytes })).toMatchObject({
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    summary: null,
    reason: expect.stringMatching(reason),
  });
});

test('a registry that does not answer stops nothing', async () => {
  const { versions } = await fetchFrom(await startRegistry({ bytes: undefined }), {
    impatient: true,
  });
  // which of the two questions is lost is a matter of time here
  expect(JSON.stringify(versions)).toContain('no answer within 300 seconds');
});

test('a registry that is gone, or out of time, stops nothing', async () => {
  const gone = await fetchFrom('http://127.0.0.1:9/');
  expect(gone.versions).toMatchObject([
    { files: [], reason: expect.stringMatching(/gave no answer in 3 attempts/) },
  ]);
  const times = ['2026-03-01T12:00:00.000Z', '2026-03-01T12:15:00.001Z'];
  const late = await fetchFrom(await startRegistry({ bytes: PACKED }), { times });
  expect(late.versions).toMatchObject([
    { files: [], reason: 'there was no time left to look at it' },
  ]);
});

test('of a version of many files the first are fetched, and the rest is counted', async () => {
  const files = Array.from({ length: 23 }, (_, at) => `a-1.2.3-cp${at + 10}-none-any.whl`);
  const url = await startRegistry({ bytes: null, files: [...files, 'a-1.2.2.tar.gz'] });
  const { versions } = await fetchFrom(url, { ecosystem: 'pypi' });
  expect(versions[0]?.files.map((one) => one.file)).toEqual(files.slice(0, 20));
  expect(versions[0]?.reason).toBe('it has 3 files more than are fetched');
});

test('a version without files is said to have none', async () => {
  const url = await startRegistry({ files: [] });
  const { versions } = await fetchFrom(url, { ecosystem: 'pypi' });
  expect(versions).toMatchObject([{ files: [], reason: 'the registry shows no file of it' }]);
});

test('a disk that fails is no fault of the registry, and is thrown', async () => {
  const url = await startRegistry({ bytes: PACKED });
  const { deps } = await fetchFrom(url);
  const full = new CountersignError('store-unavailable', 'the disk is full');
  const blobs = { ...deps.blobs, begin: () => Promise.reject(full) };
  const { inputs, policy } = sampleRelease();
  const [seen] = inputs.upstream;
  if (seen === undefined) throw new Error('the sample has both');
  const question = {
    upstream: [{ ...seen, package: NAME, latest: '1.2.3' }],
    ...{ approved: [], policy },
    upstreamOf: () =>
      ({ ecosystem: 'npm', url, readUrl: null, mode: 'publish', credential: 'c' }) as Upstream,
  };
  await expect(fetchNewest({ ...deps, blobs }, question)).rejects.toBe(full);
});
