import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/core/errors.ts';
import type { Gateway, Receipt } from '../../src/gateway/gateway.ts';
import { DIGEST, gatewayWith, identify, resolveRelease, UPLOAD_TOKEN } from './gateway-double.ts';
import { listen, requestText, sendRaw } from './raw-http.ts';
import { recordUploads } from './upload-recorder.ts';

const bearer = { authorization: `Bearer ${UPLOAD_TOKEN}` };
const publish = { ...bearer, 'content-type': 'application/json' };
const receipt: Receipt = {
  release: 'abcdefghjk',
  file: 'a.tgz',
  sha256: DIGEST,
  again: false,
  complete: true,
  missing: [],
};

function serve(methods: Partial<Gateway>, options: Parameters<typeof listen>[1] = {}) {
  return listen(gatewayWith({ identify, resolveRelease, ...methods }), options);
}

/** Whatever was tried before: the server still answers. */
async function expectAlive(port: number): Promise<void> {
  const answer = await sendRaw(port, requestText('GET /npm/-/ping'));
  expect(answer.line).toBe('HTTP/1.1 200 OK');
}

async function eventually(check: () => void): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      check();
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((go) => setTimeout(go, 20));
    }
  }
}

const tarball = (size: number): string =>
  `{"name":"one","_attachments":{"one-1.0.0.tgz":{"data":"${'A'.repeat(size)}`;

describe('bodies', () => {
  test('a connection that breaks off in the body ends the upload with a refusal', async () => {
    const recorder = recordUploads(() => receipt);
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const head = requestText('PUT /npm/one', { ...publish, 'content-length': '900000' });
    await sendRaw(running.port, head + tarball(200_000), 100, 'hang up').catch(() => undefined);
    await eventually(() => {
      expect(recorder.uploads[0]?.refused).toContain('malformed-upload: the connection broke off');
    });
    expect(recorder.uploads[0]?.claim).toBeUndefined();
    await expectAlive(running.port);
  });

  test('a body that stops arriving is given up', async () => {
    const recorder = recordUploads(() => receipt);
    await using running = await serve(
      { beginUpload: recorder.beginUpload },
      { limits: { bodyIdleMs: 150, drainMs: 100 } },
    );
    const head = requestText('PUT /npm/one', { ...publish, 'content-length': '900000' });
    const answer = await sendRaw(running.port, head + tarball(1000));
    expect(answer.line).toMatch(
      /^HTTP\/1.1 400 nothing of the request body arrived for 0.15 seconds/,
    );
    expect(recorder.uploads[0]?.refused).toContain('nothing of the request body arrived');
  });

  test('a head that trickles is cut off', async () => {
    await using running = await serve({}, { limits: { headersMs: 300 } });
    const answer = await sendRaw(
      running.port,
      'GET /npm/-/ping HTTP/1.1\r\nhost: a\r\n',
      1500,
      'x: y\r\n',
    );
    expect(answer.line).toBe('HTTP/1.1 408 Request Timeout');
    await expectAlive(running.port);
  });

  test('a length above the limit is refused at once, a longer chunked body when it gets there', async () => {
    const recorder = recordUploads(() => receipt);
    await using running = await serve(
      { beginUpload: recorder.beginUpload },
      { limits: { uploadBodyBytes: 50_000, drainMs: 500 } },
    );
    const long = requestText('PUT /npm/one', { ...publish, 'content-length': '50001' });
    const told = await sendRaw(running.port, long);
    expect(told.line).toMatch(/^HTTP\/1.1 413 the request body is larger than 50000 bytes/);
    const chunked = requestText('PUT /npm/one', { ...publish, 'transfer-encoding': 'chunked' });
    const chunk = tarball(60_000);
    const answer = await sendRaw(
      running.port,
      chunked,
      `${chunk.length.toString(16)}\r\n${chunk}\r\n`,
    );
    expect(answer.line).toMatch(/^HTTP\/1.1 413 /);
    expect(recorder.uploads.map((one) => one.refused)).toEqual([
      expect.stringContaining('limit-exceeded'),
      expect.stringContaining('limit-exceeded'),
    ]);
  });

  test('a client that looks at the answer only after 40 MB gets to see it', async () => {
    await using running = await serve({
      beginUpload: async () => {
        throw new CountersignError('forbidden', 'this release takes no files');
      },
    });
    const size = 40 * 1024 * 1024;
    const head = requestText('PUT /npm/one', { ...publish, 'content-length': String(size) });
    const parts = Array.from({ length: 40 }, () => Buffer.alloc(1024 * 1024, 0x20));
    const answer = await sendRaw(running.port, head, ...parts);
    expect(answer.line).toBe('HTTP/1.1 403 this release takes no files');
    expect(answer.headers['connection']).toBe('close');
  });

  test('a refused body without end is dropped only up to the bound', async () => {
    await using running = await serve(
      {
        beginUpload: async () => {
          throw new CountersignError('forbidden', 'no');
        },
      },
      { limits: { drainBytes: 1024 * 1024 } },
    );
    const head = requestText('PUT /npm/one', { ...publish, 'transfer-encoding': 'chunked' });
    const chunk = Buffer.concat([
      Buffer.from('10000\r\n'),
      Buffer.alloc(0x10000),
      Buffer.from('\r\n'),
    ]);
    const endless = Array.from({ length: 2000 }, () => chunk);
    const answer = await sendRaw(running.port, head, ...endless);
    expect(answer.line).toBe('HTTP/1.1 403 no');
    await expectAlive(running.port);
  });

  test('a client that asks first sends nothing for a refusal', async () => {
    const recorder = recordUploads(() => receipt);
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const asking = {
      'content-type': 'application/json',
      'content-length': '900000',
      expect: '100-continue',
    };
    const refused = await sendRaw(
      running.port,
      requestText('PUT /npm/one', { ...asking, authorization: 'Bearer x' }),
    );
    expect(refused.line).toMatch(/^HTTP\/1.1 401 /);
    const taken = sendRaw(
      running.port,
      requestText('PUT /npm/one', { ...asking, ...bearer }),
      300,
      'hang up',
    );
    expect((await taken).line).toBe('HTTP/1.1 100 Continue');
  });

  test('the sink sets the pace: nothing piles up in memory while it is slow', async () => {
    let isOpen = false;
    const recorder = recordUploads(
      () => receipt,
      async () => {
        while (!isOpen) await new Promise((go) => setTimeout(go, 10));
      },
    );
    await using running = await serve({ beginUpload: recorder.beginUpload });
    const size = 60 * 1024 * 1024;
    const head = requestText('PUT /npm/one', { ...publish, 'content-length': String(size + 200) });
    const parts = Array.from({ length: 60 }, () => Buffer.alloc(1024 * 1024, 0x41));
    const before = process.memoryUsage().arrayBuffers;
    const sent = sendRaw(running.port, head + tarball(4), ...parts, 'hang up').catch(
      () => undefined,
    );
    await new Promise((go) => setTimeout(go, 700));
    const held = process.memoryUsage().arrayBuffers - before;
    expect(recorder.uploads[0]?.bytes).toBeLessThan(1024 * 1024);
    // the sender's own 60 MB were allocated before
    expect(held).toBeLessThan(20 * 1024 * 1024);
    isOpen = true;
    await sent;
  });

  test('more uploads than allowed are told to come again', async () => {
    const recorder = recordUploads(() => receipt);
    await using running = await serve(
      { beginUpload: recorder.beginUpload },
      { limits: { concurrentUploads: 1 } },
    );
    const head = requestText('PUT /npm/one', { ...publish, 'content-length': '900000' });
    const first = sendRaw(running.port, head + tarball(100), 400, 'hang up').catch(() => undefined);
    await eventually(() => expect(recorder.uploads).toHaveLength(1));
    const second = await sendRaw(running.port, requestText('PUT /npm/one', publish, '{}'));
    expect(second.line).toMatch(/^HTTP\/1.1 503 1 uploads are under way already/);
    expect(second.headers['retry-after']).toBe('30');
    await first;
    await eventually(() => expect(recorder.uploads[0]?.refused).toBeDefined());
    const third = await sendRaw(running.port, requestText('PUT /npm/one', publish, '{}'));
    expect(third.line).not.toContain('503');
  });
});

describe('heads', () => {
  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['a head without end', `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}`, 431],
    [
      'two lengths',
      'PUT /npm/a HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
      400,
    ],
    [
      'length and chunks',
      'PUT /npm/a HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['no host', 'GET /api/v1/health HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['nothing of ours', requestText('GET /etc/passwd'), 404],
    ['a path that climbs', requestText('GET /npm/../../log/checkpoint'), 400],
    ['an API path that climbs', requestText('GET /api/v1/../../npm/-/ping'), 404],
    ['a method of another world', requestText('PROPFIND /pypi/simple/'), 400],
    ['an absolute form of another host', requestText('GET http://other.test/log/nothing'), 404],
  ])('%s', async (_name, bytes, status) => {
    await using running = await serve({});
    const answer = await sendRaw(running.port, bytes);
    expect(answer.line).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    await expectAlive(running.port);
  });

  test('every answer has the security headers and a request id, and no CORS', async () => {
    await using running = await serve(
      { health: async () => ({ ok: true, ledgerSize: 0, signedSize: 0, now: 'now' }) },
      { origin: 'https://gateway.test' },
    );
    for (const path of [
      '/npm/-/ping',
      '/api/v1/health',
      '/api/v1/none',
      '/log/none',
      '/pypi/none',
      '/',
    ]) {
      const { headers } = await sendRaw(
        running.port,
        requestText(`GET ${path}`, { origin: 'http://evil.test' }),
      );
      expect(headers['x-request-id']).toMatch(/^[0-9a-f]{10}$/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['strict-transport-security']).toBeDefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('the log has one line for each request, with nothing that a stranger wrote', async () => {
    await using running = await serve({});
    await sendRaw(running.port, requestText('GET /npm/..%2fsecret?token=abc', bearer));
    await eventually(() => {
      expect(running.lines.filter((line) => line.event === 'http.request')).toMatchObject([
        { fields: { method: 'GET', surface: '/npm', status: 400, isComplete: true } },
      ]);
    });
    expect(JSON.stringify(running.lines)).not.toMatch(/secret|abc|upload-token/);
  });
});

describe('authentication', () => {
  test('an address that fails too often is held off, others and anonymous calls are not', async () => {
    let nowMs = 0;
    await using running = await serve(
      { genesis: async () => ({ document: '{}', founding: [], changes: [] }) },
      { limits: { failedAuthentications: 2, failedAuthenticationsMs: 60_000 }, nowMs: () => nowMs },
    );
    const from = (address: string, token: string | null) =>
      sendRaw(
        running.port,
        requestText('GET /api/v1/genesis', {
          'x-forwarded-for': `6.6.6.6, ${address}`,
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        }),
      ).then(({ line }) => line.split(' ')[1]);
    expect(await from('192.0.2.1', 'wrong')).toBe('401');
    expect(await from('192.0.2.1', 'wrong')).toBe('401');
    expect(await from('192.0.2.1', UPLOAD_TOKEN)).toBe('429');
    expect(await from('192.0.2.1', null)).toBe('200');
    expect(await from('192.0.2.2', UPLOAD_TOKEN)).toBe('200');
    nowMs = 60_001;
    expect(await from('192.0.2.1', UPLOAD_TOKEN)).toBe('200');
  });
});

describe('the log', () => {
  const log: Partial<Gateway> = {
    checkpoint: async () => 'origin\n1\nroot\n',
    tile: async (path) =>
      path === 'tile/0/000'
        ? { bytes: Uint8Array.of(1, 2), immutable: true }
        : path === 'tile/0/000.p/5'
          ? { bytes: Uint8Array.of(1), immutable: false }
          : undefined,
  };

  test.each([
    ['/log/checkpoint', 200, 'text/plain; charset=utf-8', 'no-cache'],
    ['/log/tile/0/000', 200, 'application/octet-stream', 'public, max-age=604800, immutable'],
    ['/log/tile/0/000.p/5', 200, 'application/octet-stream', 'no-cache'],
    ['/log/tile/0/001', 404, 'application/problem+json', 'no-store'],
    ['/log/tile/0/../0/000', 404, 'application/problem+json', 'no-store'],
    ['/log/tile/0/%30%30%30', 404, 'application/problem+json', 'no-store'],
    ['/log/', 404, 'application/problem+json', 'no-store'],
  ])('%s is %i', async (path, status, type, caching) => {
    await using running = await serve(log);
    const answer = await sendRaw(running.port, requestText(`GET ${path}`));
    expect(answer.line).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['cache-control']).toBe(caching);
  });

  test('is only read', async () => {
    await using running = await serve(log);
    const answer = await sendRaw(running.port, requestText('PUT /log/checkpoint', {}, 'x'));
    expect(answer.line).toBe('HTTP/1.1 403 Forbidden');
  });
});

test('an artifact that turns out corrupt half way ends in a short body, never in a whole one', async () => {
  await using running = await serve({
    artifact: async () => ({
      file: 'a.tgz',
      sizeBytes: 10,
      bytes: (async function* () {
        yield Buffer.from('12345');
        await new Promise((go) => setTimeout(go, 100));
        throw new CountersignError('ledger-corrupt', 'the bytes are not the ones named');
      })(),
    }),
  });
  const path = `/api/v1/releases/abcdefghjk/artifacts/${DIGEST}`;
  const answer = await sendRaw(running.port, requestText(`GET ${path}`, bearer));
  expect(answer.headers['content-length']).toBe('10');
  expect(answer.body).toBe('12345');
  const file = await sendRaw(running.port, requestText(`GET /pypi/files/${DIGEST}/a.whl`, bearer));
  expect(file.body.length).toBeLessThan(10);
  await expectAlive(running.port);
});

test('closing waits for the call under way', async () => {
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  await using running = await serve({
    health: async () => {
      await gate;
      return { ok: true, ledgerSize: 0, signedSize: 0, now: 'now' };
    },
  });
  const answer = sendRaw(running.port, requestText('GET /api/v1/health'));
  await new Promise((wait) => setTimeout(wait, 100));
  const closed = new Promise((resolve) => running.server.close(resolve));
  go();
  expect((await answer).line).toBe('HTTP/1.1 200 OK');
  await closed;
});
