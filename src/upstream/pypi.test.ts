import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { publishable, secretText } from '../../test/contract/ecosystem-world.ts';
import { sampleWheel } from '../../test/contract/sample-packages.ts';
import { createPypiEcosystem } from './ecosystems.ts';

const pypi = createPypiEcosystem({ sleep: async () => undefined });
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => handle(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${port}/`;
}

const built = sampleWheel({ name: 'sample', version: '1.0.0', seed: 'one' });
const METADATA = [
  'Metadata-Version: 2.2',
  'Name: sample',
  'Version: 1.0.0',
  'Summary: a sample',
  'Requires-Python: >=3.9',
  'Requires-Dist: packaging>=20',
];

/** A registry as Warehouse is read: JSON index, metadata beside the file. */
async function serveWarehouse(options: {
  readonly metadata: string;
  readonly requiresPython?: string;
  readonly sha256: string;
}) {
  return serve((request, response) => {
    if (request.url === '/simple/sample/') {
      response.writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' });
      const file = {
        filename: built.file,
        url: `/files/${built.file}`,
        hashes: { sha256: options.sha256 },
        'requires-python': options.requiresPython ?? '>=3.9',
        'core-metadata': { sha256: '0'.repeat(64) },
      };
      response.end(JSON.stringify({ name: 'sample', files: [file] }));
    } else if (request.url?.endsWith('.metadata')) response.end(options.metadata);
    else if (request.url?.startsWith('/files/')) response.end(built.bytes);
    else response.writeHead(400).end('{"message":"File already exists (\'x\')"}');
  });
}

test('served metadata that agrees confirms, and what was altered is named', async () => {
  const { artifact, description } = await publishable(pypi, built);
  const fieldsOf = async (options: { metadata: string; requiresPython?: string }) => {
    const url = await serveWarehouse({ ...options, sha256: artifact.sha256 });
    const differences = await pypi.connect(url, null).confirm(artifact, description.metadata);
    return differences.map((one) => one.field);
  };
  const honest = `${METADATA.join('\n')}\n\nA sample.\n`;
  expect(await fieldsOf({ metadata: honest })).toEqual([]);
  const more = honest.replace('packaging>=20', 'evil');
  expect(await fieldsOf({ metadata: more })).toEqual(['requires_dist']);
  expect(await fieldsOf({ metadata: 'nonsense' })).toEqual(['metadata']);
  expect(await fieldsOf({ metadata: honest, requiresPython: '>=2' })).toEqual([
    'index.requires_python',
  ]);
});

test('"File already exists" is success for the same bytes and a conflict for others', async () => {
  const { artifact, bytes, description } = await publishable(pypi, built);
  const options = { credential: secretText('a-token'), stagingTag: null };
  const publishTo = async (sha256: string) =>
    pypi
      .connect(await serveWarehouse({ metadata: '', sha256 }), null)
      .publish(artifact, bytes, description.metadata, options);
  await publishTo(artifact.sha256);
  await expect(publishTo('ab'.repeat(32))).rejects.toMatchObject({ code: 'upstream-conflict' });
});

test('an index that sends on to another registry is not taken for this one', async () => {
  const { artifact } = await publishable(pypi, built);
  const other = await serveWarehouse({ metadata: '', sha256: artifact.sha256 });
  const url = await serve((_, response) =>
    response.writeHead(302, { location: `${other}simple/sample/` }).end(),
  );
  await expect(pypi.connect(url, null).lookUp(artifact)).rejects.toMatchObject({
    code: 'upstream-unreachable',
    hint: expect.stringContaining('fallback'),
  });
  expect(await pypi.connect(url, `${other}simple/`).lookUp(artifact)).toEqual({ kind: 'same' });
});

test('metadata of another file is not sent', async () => {
  const { artifact, bytes, description } = await publishable(pypi, built);
  const options = { credential: secretText('a-token'), stagingTag: null };
  await expect(
    pypi
      .connect('http://127.0.0.1:1/', null)
      .publish({ ...artifact, version: '1.0.1' }, bytes, description.metadata, options),
  ).rejects.toMatchObject({ code: 'metadata-disagrees' });
});

test('a history is told where the index has the times of uploads, and of one version the first counts', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' });
    const file = (filename: string, at?: string) => ({
      filename,
      url: filename,
      'upload-time': at,
    });
    const files = [
      file('sample-1.0.tar.gz', '2020-01-02T03:04:05.678901Z'),
      file('sample-1.1-py3-none-any.whl', '2026-02-01T00:00:00Z'),
      file('sample-1.1.tar.gz', '2026-01-31T23:59:59Z'),
      file('sample-1.2.tar.gz'),
      file('sample-1.3.tar.gz', 'yesterday'),
    ];
    response.end(JSON.stringify({ name: 'sample', files }));
  });
  expect(await pypi.connect(url, null).historyOf('Sample')).toEqual({
    ecosystem: 'pypi',
    package: 'sample',
    answer: 'told',
    reason: null,
    first: '2020-01-02T03:04:05.678Z',
    newest: [
      { version: '1.1', at: '2026-01-31T23:59:59.000Z' },
      { version: '1.0', at: '2020-01-02T03:04:05.678Z' },
    ],
  });
});

test('the latest version is the highest that is neither yanked nor a prerelease', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' });
    const file = (filename: string, yanked: boolean) => ({ filename, url: filename, yanked });
    const files = [
      file('sample-1.0.tar.gz', false),
      file('sample-1.10-py3-none-any.whl', false),
      file('sample-1.9.tar.gz', false),
      file('sample-1.11.tar.gz', true),
      file('sample-2.0rc1.tar.gz', false),
      file('sample-3.0-py2.7.egg', false),
    ];
    response.end(JSON.stringify({ name: 'sample', files }));
  });
  expect(await pypi.connect(url, null).summarize('Sample', '1.10.0')).toEqual({
    ecosystem: 'pypi',
    package: 'sample',
    version: '1.10.0',
    exists: 'yes',
    versionTaken: 'yes',
    latest: '1.10',
    highest: '1.11',
    highestInLine: '1.11',
    distTags: {},
  });
});
