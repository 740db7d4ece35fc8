import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/core/errors.ts';
import type { Gateway, Receipt } from '../../src/gateway/gateway.ts';
import {
  DIGEST,
  gatewayWith,
  heldTarball,
  identify,
  PERSON_TOKEN,
  RELEASE_ID,
  releaseView,
  resolveRelease,
  UPLOAD_TOKEN,
} from './gateway-double.ts';
import { listen, requestText, sendRaw } from './raw-http.ts';
import { recordUploads } from './upload-recorder.ts';

const held: Receipt = {
  release: 'abcdefghjk',
  file: 'one-1.2.3.tgz',
  sha256: DIGEST,
  again: false,
  complete: false,
  missing: ['1 wheel of acme-one'],
};

const bearer = { authorization: `Bearer ${UPLOAD_TOKEN}` };
const json = { 'content-type': 'application/json' };

function publishBody(changes: object = {}, size = 300): string {
  const name = '@acme/one';
  const tarball = Buffer.alloc(size, 7);
  return JSON.stringify({
    _id: name,
    name,
    'dist-tags': { next: '1.2.3' },
    versions: {
      '1.2.3': {
        name,
        version: '1.2.3',
        dist: {
          integrity: `sha512-${Buffer.alloc(64, 1).toString('base64')}`,
          shasum: 'aa'.repeat(20),
        },
      },
    },
    access: null,
    _attachments: {
      '@acme/one-1.2.3.tgz': {
        content_type: 'application/octet-stream',
        data: tarball.toString('base64'),
        length: size,
      },
    },
    ...changes,
  });
}

function serve(methods: Partial<Gateway>, options: Parameters<typeof listen>[1] = {}) {
  return listen(gatewayWith({ identify, resolveRelease, ...methods }), options);
}

describe('publish', () => {
  test('hands provenance over with the tarball, unread', async () => {
    const recorder = recordUploads(() => held);
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const bundle = '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}';
    const { _attachments: attachments } = JSON.parse(publishBody());
    const sigstore = {
      content_type: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      data: bundle,
      length: bundle.length,
    };
    const body = publishBody({
      _attachments: { ...attachments, '@acme/one-1.2.3.sigstore': sigstore },
    });
    await sendRaw(running.port, requestText('PUT /npm/@acme%2fone', { ...bearer, ...json }, body));
    expect(recorder.uploads).toMatchObject([
      { claim: { attestations: [{ form: 'sigstore', text: bundle }] } },
    ]);
  });

  test.each([
    '/npm/@acme%2fone',
    '/npm/@acme%2Fone',
    '/npm/@acme/one',
    'http://gateway.test/npm/@acme%2fone',
  ])('PUT %s hands over bytes and claim, and answers with a notice', async (path) => {
    const recorder = recordUploads(() => held);
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const answer = await sendRaw(
      running.port,
      requestText(`PUT ${path}`, { ...bearer, ...json }, publishBody()),
    );
    expect(answer.line).toBe('HTTP/1.1 201 Created');
    expect(answer.body).toBe('{"success":true}');
    expect(answer.headers['npm-notice']).toBe(
      'held for approval: release abcdefghjk, 1 kind of file still missing: 1 wheel of acme-one',
    );
    expect(recorder.uploads).toMatchObject([
      {
        caller: { kind: 'upload', release: RELEASE_ID },
        bytes: 300,
        refused: undefined,
        claim: {
          ecosystem: 'npm',
          file: '@acme/one-1.2.3.tgz',
          request: { name: '@acme/one', version: '1.2.3' },
          distTag: 'next',
          sha512: '01'.repeat(64),
          sha1: 'aa'.repeat(20),
        },
      },
    ]);
  });

  test('npm stage publish is the same, answered with a UUID', async () => {
    const recorder = recordUploads(() => ({ ...held, complete: true, missing: [] }));
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const request = requestText(
      'POST /npm/-/stage/package/@acme%2fone',
      { ...bearer, ...json },
      publishBody(),
    );
    const answer = await sendRaw(running.port, request);
    expect(answer.line).toBe('HTTP/1.1 201 Created');
    const message =
      'held for approval: release abcdefghjk is complete, inspection runs; approve with: countersign approve abcdefghjk';
    expect(JSON.parse(answer.body)).toEqual({ message, stageId: RELEASE_ID });
    expect(answer.headers['npm-notice']).toBe(message);
  });

  test.each([
    ['not-declared', 400],
    ['artifact-differs', 400],
    ['state-conflict', 403],
    ['not-found', 403],
    ['limit-exceeded', 413],
    ['internal', 500],
  ] as const)('%s is told as %i in body and reason phrase', async (code, status) => {
    const recorder = recordUploads(() => {
      throw new CountersignError(code, 'expected \u2713 one,\r\nfound tw\u00f6', { hint: 'do c' });
    });
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const answer = await sendRaw(
      running.port,
      requestText('PUT /npm/@acme%2fone', { ...bearer, ...json }, publishBody()),
    );
    expect(answer.line).toBe(`HTTP/1.1 ${status} expected ? one, found tw\u00f6`);
    expect(JSON.parse(Buffer.from(answer.body, 'latin1').toString())).toEqual({
      success: false,
      error: 'expected \u2713 one,\r\nfound tw\u00f6; do c',
    });
    expect(recorder.uploads[0]?.refused).toContain(`@acme/one-1.2.3.tgz: ${code}`);
  });

  test.each([
    [
      'a deprecation',
      {},
      { _attachments: undefined, versions: {} },
      403,
      'countersign rollback RELEASE',
    ],
    [
      'another package',
      {},
      { name: '@acme/two', _id: '@acme/two', versions: {} },
      400,
      'the publish body',
    ],
    [
      'a form',
      { 'content-type': 'text/plain' },
      {},
      400,
      'expected the content-type application/json',
    ],
    ['a compressed body', { 'content-encoding': 'gzip' }, {}, 400, 'without content-encoding'],
    ['no base64', {}, { _attachments: { 'a.tgz': { data: '***' } } }, 400, 'not base64'],
  ])('%s is refused with a text', async (_name, headers, changes, status, text) => {
    const recorder = recordUploads(() => held);
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const answer = await sendRaw(
      running.port,
      requestText('PUT /npm/@acme%2fone', { ...bearer, ...json, ...headers }, publishBody(changes)),
    );
    expect(answer.line).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.body).error).toContain(text);
    expect(recorder.uploads.filter((one) => one.claim !== undefined)).toEqual([]);
    expect(recorder.uploads.filter((one) => one.refused === undefined)).toEqual([]);
  });

  test.each([
    ['no credential', {}, 403],
    ['an unknown one', { authorization: 'Bearer other' }, 401],
    ['nonsense', { authorization: 'Bearer' }, 401],
    ["a person's session", { authorization: `Bearer ${PERSON_TOKEN}` }, 403],
  ])('%s is refused before the body is looked at', async (_name, headers, status) => {
    const recorder = recordUploads(() => held);
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const answer = await sendRaw(
      running.port,
      requestText('PUT /npm/@acme%2fone', { ...json, ...headers }, publishBody({}, 2_000_000)),
    );
    expect(answer.line).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.body)).toMatchObject({ success: false });
    expect(answer.headers['www-authenticate']).toBeUndefined();
    expect(recorder.uploads).toEqual([]);
  });
});

describe('reads', () => {
  const reads: Partial<Gateway> = {
    held: async (caller, ecosystem, name) =>
      caller.kind === 'upload' && ecosystem === 'npm' && name === '@acme/one' ? [heldTarball] : [],
    upstreamOf: async (_ecosystem, name) =>
      name.startsWith('@acme/') ? 'http://upstream.test/registry' : null,
    release: async () => releaseView(),
    artifact: async () => ({
      file: 'one-1.2.3.tgz',
      sizeBytes: 5,
      bytes: (async function* () {
        yield Buffer.from('by');
        yield Buffer.from('tes');
      })(),
    }),
  };
  const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    await using running = await serve(reads, { origin: 'https://gateway.test' });
    return await sendRaw(running.port, requestText(`GET ${path}`, headers));
  };

  test('the release\u2019s own credential sees held versions', async () => {
    const answer = await get('/npm/@acme%2fone', bearer);
    expect(JSON.parse(answer.body)).toEqual({
      _id: '@acme/one',
      name: '@acme/one',
      'dist-tags': { latest: '1.2.3' },
      versions: {
        '1.2.3': {
          name: '@acme/one',
          version: '1.2.3',
          dependencies: { left: '^1.0.0' },
          dist: {
            integrity: `sha512-${Buffer.alloc(64, 0xcd).toString('base64')}`,
            shasum: 'ef'.repeat(20),
            tarball: 'https://gateway.test/npm/@acme/one/-/one-1.2.3.tgz',
          },
        },
      },
    });
    const tarball = await get('/npm/@acme/one/-/one-1.2.3.tgz', bearer);
    expect(tarball.body).toBe('bytes');
    expect(tarball.headers['content-length']).toBe('5');
  });

  test.each([
    ['nobody', {}],
    ['a person', { authorization: `Bearer ${PERSON_TOKEN}` }],
    ['npm publish', { ...bearer, 'npm-command': 'publish' }],
    ['npm stage', { ...bearer, 'npm-command': 'stage' }],
  ])('%s is sent to upstream', async (_name, headers) => {
    const answer = await get('/npm/@acme%2fone', headers);
    expect(answer.line).toBe('HTTP/1.1 302 Found');
    expect(answer.headers['location']).toBe('http://upstream.test/registry/@acme%2fone');
  });

  test('nobody who would take a credential along is sent to an upstream of the same host name', async () => {
    const host = { host: 'upstream.test:8787' };
    const read = await get('/npm/@acme%2fone', { ...bearer, ...host, 'npm-command': 'publish' });
    expect(read.line).toMatch(/^HTTP\/1.1 404 /);
    expect(read.headers['location']).toBeUndefined();
    expect(read.body).toContain('http://upstream.test/registry/@acme%2fone');
    const tags = await get('/npm/-/package/@acme%2fone/dist-tags', { ...bearer, ...host });
    expect(tags.line).toMatch(/^HTTP\/1.1 403 dist-tags are not moved/);
    const below = await get('/npm/@acme%2fone', {
      authorization: `Bearer ${PERSON_TOKEN}`,
      host: 'npm.upstream.test',
    });
    expect(below.line).toMatch(/^HTTP\/1.1 404 /);
    const nobody = await get('/npm/@acme%2fone', host);
    expect(nobody.line).toBe('HTTP/1.1 302 Found');
  });

  test('other tarballs and dist-tags are upstream\u2019s, unknown packages are 404', async () => {
    const tarball = await get('/npm/@acme/one/-/one-1.0.0.tgz', bearer);
    expect(tarball.headers['location']).toBe(
      'http://upstream.test/registry/@acme/one/-/one-1.0.0.tgz',
    );
    const tags = await get('/npm/-/package/@acme%2fone/dist-tags');
    expect(tags.headers['location']).toBe(
      'http://upstream.test/registry/-/package/@acme%2fone/dist-tags',
    );
    const unknown = await get('/npm/left-pad');
    expect(unknown.line).toMatch(/^HTTP\/1.1 404 /);
    expect(JSON.parse(unknown.body).success).toBe(false);
  });

  test('ping, whoami and HEAD', async () => {
    expect((await get('/npm/-/ping')).body).toBe('{}');
    expect((await get('/npm/-/whoami', bearer)).body).toBe('{"username":"release-abcdefghjk"}');
    expect((await get('/npm/-/whoami')).line).toMatch(/^HTTP\/1.1 401 /);
    const basic = Buffer.from(`any:${UPLOAD_TOKEN}`).toString('base64');
    const legacy = await get('/npm/-/whoami', { authorization: `Basic ${basic}` });
    expect(legacy.body).toBe('{"username":"release-abcdefghjk"}');
    await using running = await serve(reads);
    const head = await sendRaw(running.port, requestText('HEAD /npm/@acme%2fone', bearer));
    expect(head.line).toBe('HTTP/1.1 200 OK');
    expect(head.body).toBe('');
  });

  test.each([
    '/npm/..%2f..%2fetc',
    '/npm/@acme%252fone',
    '/npm/@acme%2f..',
    '/npm/@acme%2fone%2ftwo',
    '/npm/a%2fb',
    '/npm/../api/v1/genesis',
    '/npm/%00',
    '/npm/a%0d%0ab',
    '/npm/%ff',
    '/npm/@acme/one/-/..%2fone.tgz',
    '/npm/@acme/one/-/one.tgz/extra',
    '/npm/',
    '/npm//',
  ])('%s names nothing and reaches no use case', async (path) => {
    const answer = await get(path, bearer);
    expect(answer.line).toMatch(/^HTTP\/1.1 400 the path names no npm package or call$/);
  });
});

describe('what the gateway does not do for npm', () => {
  test.each([
    ['PUT /npm/-/package/@acme%2fone/dist-tags/latest', '--dist-tag'],
    ['DELETE /npm/-/package/@acme%2fone/dist-tags/latest', 'countersign rollback'],
    ['PUT /npm/@acme%2fone/-rev/1-a', 'countersign rollback'],
    ['DELETE /npm/@acme/one/-/one-1.2.3.tgz/-rev/1-a', 'countersign rollback'],
    ['DELETE /npm/@acme%2fone/-rev/1-a', 'countersign rollback'],
    ['POST /npm/-/package/@acme%2fone/access', 'countersign proposal'],
    ['PUT /npm/-/org/acme/user', 'countersign proposal'],
    ['POST /npm/-/npm/v1/tokens', 'countersign release open'],
    ['POST /npm/-/v1/login', 'countersign release open'],
    ['PUT /npm/-/user/org.couchdb.user:alice', 'countersign release open'],
    [`POST /npm/-/stage/${RELEASE_ID}/approve`, 'countersign approve'],
    [`DELETE /npm/-/stage/${RELEASE_ID}`, 'countersign approve'],
  ])('%s is 403 and names the command', async (first, command) => {
    await using running = await serve({});
    const answer = await sendRaw(
      running.port,
      requestText(first, { ...bearer, ...json }, '"1.0.0"'),
    );
    expect(answer.line).toMatch(/^HTTP\/1.1 403 /);
    expect(JSON.parse(answer.body).error).toContain(command);
  });
});
