import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/core/errors.ts';
import type { Gateway, Receipt } from '../../src/gateway/gateway.ts';
import {
  DIGEST,
  gatewayWith,
  heldWheel,
  identify,
  releaseView,
  UPLOAD_TOKEN,
} from './gateway-double.ts';
import { listen, requestText, sendRaw } from './raw-http.ts';
import { recordUploads } from './upload-recorder.ts';

const FILE = 'acme_one-1.2.3-py3-none-any.whl';
const receipt: Receipt = {
  release: 'abcdefghjk',
  file: FILE,
  sha256: DIGEST,
  again: true,
  complete: false,
  missing: ['1 sdist of acme-one', '1 tarball of @acme/one'],
};

const basic = {
  authorization: `Basic ${Buffer.from(`__token__:${UPLOAD_TOKEN}`).toString('base64')}`,
};

const BOUNDARY = 'b0undary';
const form = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

function formBody(fileName = FILE, extra: Readonly<Record<string, string>> = {}): string {
  const fields = {
    ':action': 'file_upload',
    protocol_version: '1',
    metadata_version: '2.1',
    name: 'acme-one',
    version: '1.2.3',
    filetype: 'bdist_wheel',
    sha256_digest: DIGEST,
    ...extra,
  };
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const content = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="content"; filename="${fileName}"\r\n\r\nPKbytes\r\n`;
  return `${parts.join('')}${content}--${BOUNDARY}--\r\n`;
}

function serve(methods: Partial<Gateway>) {
  return listen(gatewayWith({ identify, ...methods }));
}

describe('legacy upload', () => {
  test('hands attestations over one by one, and refuses a field that is no list', async () => {
    const recorder = recordUploads(() => receipt);
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const send = (attestations: string) =>
      sendRaw(
        running.port,
        requestText('POST /pypi/legacy/', { ...basic, ...form }, formBody(FILE, { attestations })),
      );
    await send('[{"version":1},{"version":2}]');
    await send('{"version":1}');
    await send('[]');
    expect(recorder.uploads).toMatchObject([
      {
        claim: {
          attestations: [
            { form: 'pep740', text: '{"version":1}' },
            { form: 'pep740', text: '{"version":2}' },
          ],
        },
      },
      { claim: undefined, refused: expect.stringContaining('malformed-upload') },
      { claim: undefined, refused: expect.stringContaining('malformed-upload') },
    ]);
  });

  test.each(['/pypi/legacy/', '/pypi/legacy'])(
    'POST %s takes a file without a redirect',
    async (path) => {
      const recorder = recordUploads(() => receipt);
      await using running = await serve({ beginUpload: recorder.beginUpload });
      const answer = await sendRaw(
        running.port,
        requestText(`POST ${path}`, { ...basic, ...form }, formBody()),
      );
      expect(answer.line).toBe('HTTP/1.1 200 OK');
      expect(answer.body).toBe(
        'held already: release abcdefghjk, 2 kinds of files still missing: 1 sdist of acme-one, 1 tarball of @acme/one\n',
      );
      expect(recorder.uploads).toMatchObject([
        { bytes: 7, claim: { ecosystem: 'pypi', file: FILE, sha256: DIGEST, distTag: null } },
      ]);
    },
  );

  test.each([
    [
      'artifact-differs',
      'different file staged: x already exists',
      'HTTP/1.1 400 Different file staged: x is held',
    ],
    ['state-conflict', 'release is sealed', 'HTTP/1.1 400 Release is sealed'],
    ['not-found', 'no such release', 'HTTP/1.1 403 No such release'],
    ['not-declared', 'expected 1 wheel', 'HTTP/1.1 400 Expected 1 wheel'],
    ['unauthenticated', 'no credential', 'HTTP/1.1 401 No credential'],
  ] as const)('%s is told in the reason phrase and in both bodies', async (code, message, line) => {
    const recorder = recordUploads(() => {
      throw new CountersignError(code, message);
    });
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const send = (accept: string) =>
      sendRaw(
        running.port,
        requestText('POST /pypi/legacy/', { ...basic, ...form, accept }, formBody()),
      );
    const text = await send('*/*');
    expect(text.line).toBe(line);
    expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
    const told = line.slice('HTTP/1.1 '.length);
    expect(text.body).toBe(`${told}\n`);
    const json = await send('application/json');
    expect(json.line).toBe(line);
    expect(json.headers['content-type']).toBe('application/json');
    expect(JSON.parse(json.body)).toMatchObject({ message: told.slice(4), code: told });
    // what makes --skip-existing of one client or another pass over a refusal
    expect(text.line).not.toMatch(/ 409 |already exist|already been taken|was ever registered/i);
  });

  test.each([
    ['no multipart', { 'content-type': 'application/json' }, '{}', 'expected multipart/form-data'],
    ['a form without an end', form, formBody().slice(0, -20), ''],
    ['a path as file name', form, formBody('../../etc/x.whl'), 'which no distribution has'],
    ['another action', form, formBody(FILE, { ':action': 'submit' }), 'expected "file_upload"'],
  ])('%s is refused and recorded', async (_name, headers, body, text) => {
    const recorder = recordUploads(() => receipt);
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const answer = await sendRaw(
      running.port,
      requestText('POST /pypi/legacy/', { ...basic, ...headers }, body),
    );
    expect(answer.line).toMatch(/^HTTP\/1.1 400 The upload form /);
    expect(answer.line).toContain(text);
    expect(recorder.uploads).toMatchObject([
      { claim: undefined, refused: expect.stringContaining('malformed-upload') },
    ]);
  });
});

describe('simple index', () => {
  const reads: Partial<Gateway> = {
    release: async () => releaseView({ artifacts: [heldWheel, { ...heldWheel, file: 'b' }] }),
    held: async (_caller, ecosystem, name) =>
      ecosystem === 'pypi' && name === 'acme-one' ? [heldWheel] : [],
    artifact: async () => ({
      file: FILE,
      sizeBytes: 2,
      bytes: (async function* () {
        yield Buffer.from('PK');
      })(),
    }),
  };
  const get = async (path: string, headers: Readonly<Record<string, string>> = basic) => {
    await using running = await serve(reads);
    return await sendRaw(running.port, requestText(`GET ${path}`, headers));
  };
  const accept = { accept: 'application/vnd.pypi.simple.v1+json, text/html; q=0.1' };

  test('lists projects and files in HTML', async () => {
    expect((await get('/pypi/simple/')).body).toContain(
      '<a href="/pypi/simple/acme-one/">acme-one</a>',
    );
    const page = await get('/pypi/simple/Acme_One/');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain(
      `<a href="/pypi/files/${DIGEST}/${FILE}#sha256=${DIGEST}" data-requires-python="&gt;=3.9">${FILE}</a>`,
    );
  });

  test('lists projects and files in JSON', async () => {
    const list = await get('/pypi/simple/', { ...basic, ...accept });
    expect(JSON.parse(list.body)).toEqual({
      meta: { 'api-version': '1.1' },
      projects: [{ name: 'acme-one' }],
    });
    const page = await get('/pypi/simple/acme-one', { ...basic, ...accept });
    expect(page.headers['content-type']).toBe('application/vnd.pypi.simple.v1+json');
    expect(JSON.parse(page.body)).toMatchObject({
      name: 'acme-one',
      versions: ['1.2.3'],
      files: [{ filename: FILE, hashes: { sha256: DIGEST }, size: 5, 'requires-python': '>=3.9' }],
    });
  });

  test('serves a file, and nothing that is no digest', async () => {
    const file = await get(`/pypi/files/${DIGEST}/${FILE}`);
    expect(file.body).toBe('PK');
    expect(file.headers['content-disposition']).toBe(`attachment; filename="${FILE}"`);
    for (const path of [
      '/pypi/files/x/y',
      `/pypi/files/${DIGEST}/../x`,
      '/pypi/simple/%2e%2e/',
      '/pypi/simple/other/',
    ]) {
      expect((await get(path)).line).toMatch(/^HTTP\/1.1 404 /);
    }
  });

  test('shows nothing to others', async () => {
    const answer = await get('/pypi/simple/', {});
    expect(answer.line).toMatch(/^HTTP\/1.1 401 /);
    expect(answer.headers['www-authenticate']).toBe('Basic realm="countersign"');
  });
});
