import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { publishable, secretText, startAnswering } from '../../test/contract/ecosystem-world.ts';
import { sampleNpmTarball } from '../../test/contract/sample-packages.ts';
import type { ManifestArtifact } from '../core/manifest.ts';
import type { Sha256, Sha512 } from '../core/names.ts';
import { createNpmEcosystem } from './ecosystems.ts';

const pauses: number[] = [];
const npm = createNpmEcosystem({ sleep: async (ms) => void pauses.push(ms) });
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  pauses.length = 0;
  for (const stop of stops.splice(0)) await stop();
});

async function answering(body: unknown, status = 200, headers: Record<string, string> = {}) {
  const server = await startAnswering(() => ({
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }));
  stops.push(server.stop);
  return { ...server, registry: npm.connect(server.url, null) };
}

const sample = async () =>
  publishable(npm, await sampleNpmTarball({ name: 'sample', version: '1.2.3', seed: 'one' }));
const credential = secretText(['a', 'token'].join('-'));
const options = { credential, stagingTag: 'countersign-test' };

test.each([
  ['a list', []],
  ['no name', { versions: {} }],
  ['another name', { name: 'other', versions: {} }],
  ['no versions', { name: 'sample' }],
  ['versions that are a list', { name: 'sample', versions: [] }],
  ['tags that are text', { name: 'sample', 'dist-tags': '1', versions: {} }],
  ['a version that is text', { name: 'sample', versions: { '1.2.3': 'yes' } }],
  ['a tag that is a number', { name: 'sample', 'dist-tags': { latest: 1 }, versions: {} }],
  ['a tag called __proto__', '{"name":"sample","dist-tags":{"__proto__":"1.0.0"}}'],
  ['no tarball address', { name: 'sample', versions: { '1.2.3': { dist: {} } } }],
  [
    'a tarball elsewhere',
    { name: 'sample', versions: { '1.2.3': { dist: { tarball: 'file:///x' } } } },
  ],
  ['great depth', `{"name":"sample","versions":${'{"a":'.repeat(5_000)}`],
  ['the version twice', '{"name":"sample","versions":{"1.2.3":{},"1.2.3":{}}}'],
])('a packument with %s is not understood', async (_, body) => {
  const { registry } = await answering(body);
  const { artifact } = await sample();
  await expect(registry.lookUp(artifact)).rejects.toMatchObject({ code: 'upstream-unreachable' });
});

test('a packument without end is given up at its bound, in flat memory', async () => {
  const filler = Buffer.from(`"${'x'.repeat(65_000)}",`.repeat(16));
  let sentBytes = 0;
  const server: Server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"name":"sample","junk":[');
    const send = (): void => {
      while (!response.destroyed) {
        sentBytes += filler.length;
        if (!response.write(filler)) {
          response.once('drain', send);
          return;
        }
      }
    };
    send();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const before = process.memoryUsage().rss;
  await expect(
    npm.connect(`http://127.0.0.1:${port}/`, null).summarize('sample', '1.0.0'),
  ).rejects.toMatchObject({
    code: 'upstream-unreachable',
    message: expect.stringMatching(/more than/),
  });
  expect(sentBytes).toBeLessThan(300 * 1024 * 1024);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a summary tells latest, the highest and the highest of the line, and skips what is no version', async () => {
  const versions = ['0.9.0', '1.2.3', '1.9.0', '1.10.0-rc.1', '2.0.0', 'old-one'];
  const { registry } = await answering({
    name: 'sample',
    'dist-tags': { latest: '2.0.0', next: '1.10.0-rc.1' },
    versions: Object.fromEntries(versions.map((one) => [one, {}])),
  });
  expect(await registry.summarize('sample', '1.2.4')).toEqual({
    ecosystem: 'npm',
    package: 'sample',
    version: '1.2.4',
    exists: 'yes',
    versionTaken: 'no',
    latest: '2.0.0',
    highest: '2.0.0',
    highestInLine: '1.9.0',
    distTags: { latest: '2.0.0', next: '1.10.0-rc.1' },
  });
  expect(await registry.summarize('sample', '1.10.0-rc.2')).toMatchObject({
    highestInLine: '1.10.0-rc.1',
  });
});

test('a summary names the versions with provenance among those that it tells', async () => {
  const attestations = { url: 'http://127.0.0.1:1/a', provenance: { predicateType: 'x' } };
  const { registry } = await answering({
    name: 'sample',
    'dist-tags': { latest: '2.0.0' },
    versions: {
      '1.0.0': { dist: { attestations } },
      '1.2.3': { dist: { attestations, integrity: 'x' } },
      '2.0.0': { dist: { attestations: 'yes' } },
      '3.0.0': { attestations },
    },
  });
  const { attestedVersions } = await registry.summarize('sample', '1.2.4');
  expect(attestedVersions).toEqual(['1.2.3']);
});

test.each([
  [
    'times of versions are told, newest first, and no others',
    {
      versions: { '1.0.0': {}, '1.0.1': {} },
      time: {
        created: '2019-01-01T00:00:00.000Z',
        modified: '2026-03-01T00:00:00.000Z',
        '1.0.0': '2020-01-01T00:00:00.000Z',
        '1.0.1': '2026-02-28T00:00:00.000Z',
        '1.0.2': 'soon',
      },
    },
    {
      answer: 'told',
      first: '2020-01-01T00:00:00.000Z',
      newest: [
        { version: '1.0.1', at: '2026-02-28T00:00:00.000Z' },
        { version: '1.0.0', at: '2020-01-01T00:00:00.000Z' },
      ],
    },
  ],
  ['a package without times is there', { versions: { '1.0.0': {} } }, { answer: 'untold' }],
  [
    'a package that was taken down is not there',
    { time: { '1.0.0': '2020-01-01T00:00:00.000Z', unpublished: { time: 'x' } } },
    { answer: 'absent' },
  ],
])('history: %s', async (_, fields, expected) => {
  const { registry } = await answering({ name: 'sample', ...fields });
  expect(await registry.historyOf('sample')).toMatchObject(expected);
});

test('without a sha512 in the packument the bytes decide', async () => {
  const { artifact, bytes } = await sample();
  const other = Buffer.from('other');
  for (const [served, kind] of [
    [await wholeOf(bytes()), 'same'],
    [other, 'different'],
    [Buffer.alloc(artifact.sizeBytes + 5_000), 'different'],
    [undefined, 'pending'],
  ] as const) {
    const server: Server = createServer((request, response) => {
      if (request.url === '/sample') {
        const tarball = `http://${request.headers.host}/sample.tgz`;
        response.end(
          JSON.stringify({
            name: 'sample',
            versions: { '1.2.3': { dist: { tarball, shasum: 'x' } } },
          }),
        );
      } else {
        response.writeHead(served === undefined ? 404 : 200);
        response.end(served);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const truth = await npm.connect(`http://127.0.0.1:${port}/`, null).lookUp(artifact);
    expect(truth.kind).toBe(kind);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('metadata that the registry altered is found by confirming, field by field', async () => {
  const built = await sampleNpmTarball(
    { name: 'sample', version: '1.2.3', seed: 'one' },
    { dependencies: { fine: '^1.0.0' }, scripts: { test: 'true' } },
  );
  const { artifact, description } = await publishable(npm, built);
  const metadata = JSON.parse(JSON.stringify(description.metadata));
  const served = {
    ...metadata,
    dependencies: { fine: '^1.0.0', extra: '*' },
    scripts: { test: 'true', postinstall: 'node evil.js' },
    engines: { node: '>=99' },
  };
  const server: Server = createServer((request, response) => {
    const dist = { tarball: `http://${request.headers.host}/sample.tgz` };
    const packument = { name: 'sample', versions: { '1.2.3': { ...served, dist } } };
    response.end(request.url === '/sample' ? JSON.stringify(packument) : built.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const differences = await npm
    .connect(`http://127.0.0.1:${port}/`, null)
    .confirm(artifact, description.metadata);
  expect(differences.map((one) => one.field)).toEqual(['dependencies', 'scripts', 'engines']);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('409 for a version that is still being scanned means that it was taken', async () => {
  const { artifact, bytes, description } = await sample();
  const { registry } = await answering(
    { error: 'Cannot publish over previously staged version "1.2.3"' },
    409,
  );
  await registry.publish(artifact, bytes, description.metadata, options);
});

test('metadata of another version is not sent', async () => {
  const { artifact, bytes, description } = await sample();
  const { registry, seen } = await answering({});
  await expect(
    registry.publish({ ...artifact, version: '1.2.4' }, bytes, description.metadata, options),
  ).rejects.toMatchObject({ code: 'metadata-disagrees' });
  expect(seen).toEqual([]);
});

test('a credential that no header can hold is not sent', async () => {
  const { registry, seen } = await answering({});
  for (const text of ['', 'two lines\n', 'caf\u00e9']) {
    await expect(registry.whoami(secretText(text))).rejects.toMatchObject({
      code: 'credential-missing',
    });
  }
  expect(seen).toEqual([]);
});

test('whoami gives a name, nothing where one cannot ask, and refuses odd names', async () => {
  expect(await (await answering({ username: 'alice' })).registry.whoami(credential)).toBe('alice');
  expect(await (await answering({}, 404)).registry.whoami(credential)).toBeNull();
  expect(await (await answering({ username: 'a\nb' })).registry.whoami(credential)).toBeNull();
});

test('reads follow redirects of their own origin only, and pause between attempts', async () => {
  const { artifact } = await sample();
  const target = await answering({ name: 'sample', versions: {} });
  const away = await answering('', 302, { location: `${target.url}sample` });
  await expect(away.registry.lookUp(artifact)).rejects.toMatchObject({
    code: 'upstream-unreachable',
    message: expect.stringContaining('another registry'),
  });
  const loop = await answering('', 302, { location: '/sample' });
  await expect(loop.registry.lookUp(artifact)).rejects.toMatchObject({
    message: expect.stringContaining('more than 3 times'),
  });
  expect(target.seen).toEqual([]);
  const busy = await answering({ error: 'slow down' }, 429);
  await expect(busy.registry.lookUp(artifact)).rejects.toMatchObject({
    message: expect.stringContaining('slow down'),
  });
  expect(pauses).toEqual([500, 2_000]);
});

test('a server that stays silent is given up after the time-out', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const hasty = createNpmEcosystem({
    sleep: async () => undefined,
    timeouts: { read: 200, send: 200 },
  });
  const registry = hasty.connect(`http://127.0.0.1:${port}/`, null);
  await expect(registry.ping()).rejects.toMatchObject({ code: 'upstream-unreachable' });
  await expect(registry.whoami(credential)).rejects.toMatchObject({ code: 'upstream-unreachable' });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a refusal that breaks the connection is found by asking again without a body', async () => {
  const server = createSocketServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      const request = data.toString('latin1');
      if (request.startsWith('PUT')) socket.resetAndDestroy();
      else {
        const body = '{"error":"no such token"}';
        socket.end(
          `HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        );
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const { artifact, bytes, description } = await sample();
  await expect(
    npm
      .connect(`http://127.0.0.1:${port}/`, null)
      .publish(artifact, bytes, description.metadata, options),
  ).rejects.toMatchObject({
    code: 'upstream-refused',
    message: expect.stringContaining('no such token'),
  });
  await new Promise((resolve) => server.close(resolve));
});

test('100 MB go up in flat memory, and arrive as they were', async () => {
  // as a file is read
  const block = randomBytes(64 * 1024);
  const blocks = 1_600;
  const source = async function* () {
    for (let at = 0; at < blocks; at += 1) yield block;
  };
  const [sha256, sha512] = [createHash('sha256'), createHash('sha512')];
  for await (const chunk of source()) {
    sha256.update(chunk);
    sha512.update(chunk);
  }
  const artifact: ManifestArtifact = {
    ecosystem: 'npm',
    package: 'sample',
    version: '1.2.3',
    kind: 'tarball',
    file: 'sample-1.2.3.tgz',
    sizeBytes: blocks * block.length,
    sha256: sha256.digest('hex') as Sha256,
    sha512: sha512.digest('hex') as Sha512,
    metadata: '0'.repeat(64) as Sha256,
  };
  let [receivedBytes, announced, peak] = [0, 0, 0];
  const before = process.memoryUsage().rss;
  const server: Server = createServer((request, response) => {
    announced = Number(request.headers['content-length']);
    request.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length;
      peak = Math.max(peak, process.memoryUsage.rss() - before);
    });
    request.once('end', () => response.writeHead(201).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await npm
    .connect(`http://127.0.0.1:${port}/`, null)
    .publish(artifact, source, { name: 'sample', version: '1.2.3' }, options);
  expect(receivedBytes).toBe(announced);
  expect(receivedBytes).toBeGreaterThan((artifact.sizeBytes * 4) / 3);
  expect(peak).toBeLessThan(80 * 1024 * 1024);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function wholeOf(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}
