import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { CountersignError, ERROR_CODES, type ErrorCode } from '../../src/core/errors.ts';
import type { Sha256 } from '../../src/core/names.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import { createApi, openApiDocument } from '../../src/http/app.ts';
import { DEFAULT_HTTP_LIMITS } from '../../src/http/limits.ts';
import { errorOfProblem } from '../../src/wire/problem.ts';
import {
  DIGEST,
  gatewayWith,
  identify,
  keepingLog,
  PERSON_TOKEN,
  RELEASE_ID,
  releaseView,
  resolveRelease,
  statement,
} from './gateway-double.ts';

const ORIGIN = 'http://gateway.test';

function apiOf(methods: Partial<Gateway>) {
  const log = keepingLog();
  const gateway = gatewayWith({ identify, resolveRelease, ...methods });
  const api = createApi({
    gateway,
    log,
    limits: { ...DEFAULT_HTTP_LIMITS, apiBodyBytes: 4096 },
    identify: async ({ authorization }) =>
      authorization === undefined
        ? { kind: 'anonymous' }
        : gateway.identify(authorization.replace('Bearer ', '')),
  });
  const call = (request: Request): Promise<Response> =>
    Promise.resolve(
      api.fetch(request, {
        call: {
          id: 'r1',
          address: '127.0.0.1',
          authorization: request.headers.get('authorization') ?? undefined,
        },
      }),
    );
  const fetch: typeof globalThis.fetch = (input, init) => call(new Request(input, init));
  const client = createClient({ origin: ORIGIN, token: PERSON_TOKEN, fetch });
  const raw = (path: string, init?: RequestInit): Promise<Response> =>
    call(new Request(`${ORIGIN}/api/v1${path}`, init));
  return { api, client, raw, log };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof CountersignError ? error.code : String(error)),
  );
}

describe('client and server agree', () => {
  test('a release opened by statement reaches the gateway whole, its answer comes back whole', async () => {
    const seen: unknown[] = [];
    const answer = {
      release: releaseView(),
      upload: { token: 'one', expiresAt: '2026-01-31T12:30:00.000Z' },
      reused: ['a.tgz'],
    };
    const { client } = apiOf({
      open: async (...call) => {
        seen.push(...call);
        return answer;
      },
    });
    const request = {
      statement,
      project: 'acme',
      tag: 'v1.2.3',
      commit: null,
      opened: 'by-tag',
      confirmation: null,
      policy: null,
      packages: ['@acme/one'],
      distTag: null,
      reopens: 'abcdefghjk',
    } as const;
    expect(await client.open(request)).toEqual(answer);
    expect(seen).toEqual([
      { kind: 'person', personId: 'alice' },
      { ...request, reopens: RELEASE_ID },
    ]);
  });

  test('each step calls the use case of its name, for id and short id alike', async () => {
    const called: string[] = [];
    const step = (name: string) => async (_caller: unknown, release: string, last?: unknown) => {
      called.push(`${name} ${release === RELEASE_ID} ${JSON.stringify(last ?? null).length > 4}`);
      return releaseView();
    };
    const { client } = apiOf({
      adopt: step('adopt'),
      approve: step('approve'),
      seal: step('seal'),
      inspectAgain: step('inspectAgain'),
      cancel: step('cancel'),
      publish: step('publish'),
      resume: step('resume'),
      release: step('release'),
    });
    await client.adopt(RELEASE_ID, statement);
    await client.approve('abcdefghjk', statement);
    await client.seal('abcdefghjk');
    await client.inspectAgain('abcdefghjk');
    await client.cancel('abcdefghjk', 'wrong branch');
    await client.publish('abcdefghjk');
    await client.resume('abcdefghjk');
    expect(await client.release('abcdefghjk')).toEqual(releaseView());
    expect(called).toEqual([
      'adopt true true',
      'approve true true',
      'seal true false',
      'inspectAgain true false',
      'cancel true true',
      'publish true false',
      'resume true false',
      'release true false',
    ]);
  });

  test('statements of a review come back as they were signed', async () => {
    const bundle = {
      manifest: '{"m":1}',
      report: '{}',
      baselines: ['{"b":1}'],
      genesis: '{}',
      founding: [statement],
      policyDocument: '{}',
      rosterDocument: '{}',
      opening: [statement],
      identities: ['{"schema":"countersign/ci-identity/v1"}'],
      checkpoint: 'note\n',
      proof: { entry: '{}', proof: 'p' },
    };
    const { client } = apiOf({ review: async () => bundle });
    expect(await client.review(RELEASE_ID)).toEqual(bundle);
  });

  test('evidence keeps its bytes, an artifact its bytes and its name', async () => {
    const text = '{"b":1,"a":"\u00e9"}';
    const { client, raw } = apiOf({
      evidence: async () => text,
      artifact: async () => ({
        file: '@acme/one-1.2.3.tgz',
        sizeBytes: 5,
        bytes: (async function* () {
          yield Uint8Array.of(1, 2);
          yield Uint8Array.of(3, 4, 5);
        })(),
      }),
    });
    expect(await client.evidence(RELEASE_ID)).toBe(text);
    const bytes: number[] = [];
    for await (const chunk of client.artifact(RELEASE_ID, DIGEST)) bytes.push(...chunk);
    expect(bytes).toEqual([1, 2, 3, 4, 5]);
    const response = await raw(`/releases/${RELEASE_ID}/artifacts/${DIGEST}`);
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="one-1.2.3.tgz"',
    );
    expect(await codeOf(readAll(client.artifact(RELEASE_ID, 'nothex' as Sha256)))).toBe('usage');
  });

  test('lists, health and the calls without an answer', async () => {
    const done: string[] = [];
    const { client } = apiOf({
      releases: async (_caller, filter) => [releaseView({ reason: JSON.stringify(filter) })],
      grant: async () => void done.push('grant'),
      grants: async (_caller, project) => [
        { name: project, creator: 'alice', expiresAt: '2026-02-01T00:00:00.000Z', revokedAt: null },
      ],
      revokeGrant: async (by, project, name) => [
        { name, creator: `${project} ${by.kind}`, expiresAt: 'then', revokedAt: 'now' },
      ],
      deposit: async (_caller, _statement, sealed) => ({ version: sealed.length }),
      closeSession: async (token) => void done.push(token === PERSON_TOKEN ? 'closed' : 'other'),
      health: async () => ({ ok: false, ledgerSize: 2, signedSize: 1, now: 'now' }),
      genesis: async () => ({ document: '{}', founding: [statement], changes: [] }),
    });
    const [listed] = await client.releases({ project: 'acme', limit: 7 });
    expect(listed?.reason).toBe('{"project":"acme","limit":7}');
    await client.grant(statement);
    await client.closeSession();
    expect(done).toEqual(['grant', 'closed']);
    expect((await client.grants('acme'))[0]?.name).toBe('acme');
    expect(await client.revokeGrant('acme', 'ci & more')).toEqual([
      { name: 'ci & more', creator: 'acme person', expiresAt: 'then', revokedAt: 'now' },
    ]);
    expect(await codeOf(client.revokeGrant('acme', 'n'.repeat(257)))).toBe('usage');
    expect(await client.deposit(statement, 'xyz')).toEqual({ version: 3 });
    expect((await client.health()).ok).toBe(false);
    expect((await client.genesis()).founding).toEqual([statement]);
    expect(await client.caller()).toEqual({ kind: 'person', personId: 'alice' });
  });
});

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}

describe('refusals', () => {
  test.each(Object.keys(ERROR_CODES))('%s travels with code, message and hint', async (code) => {
    const { client } = apiOf({
      seal: async () => {
        throw new CountersignError(code as ErrorCode, 'expected a, found b', { hint: 'do c' });
      },
    });
    const error = await client.seal(RELEASE_ID).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code, message: 'expected a, found b', hint: 'do c' });
  });

  test('a defect says nothing of itself to the outside, and everything to the log', async () => {
    const { raw, log } = apiOf({
      health: async () => {
        throw new Error('database at /secret/path');
      },
    });
    const response = await raw('/health');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('secret');
    expect(text).toContain('"request":"r1"');
    expect(log.lines).toMatchObject([{ level: 'error', event: 'http.defect' }]);
    expect(JSON.stringify(log.lines)).toContain('/secret/path');
  });

  test('problem details have their media type and the code as type', async () => {
    const { raw } = apiOf({});
    const response = await raw('/nothing/here');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'urn:countersign:error:not-found',
      title: ERROR_CODES['not-found'].about,
      status: 404,
      detail: '/api/v1 has no GET of this path',
      hint: 'see /api/v1/openapi.json',
      request: 'r1',
    });
  });

  test('a token that is not valid is refused everywhere, with the scheme', async () => {
    const { raw } = apiOf({ genesis: async () => ({ document: '', founding: [], changes: [] }) });
    const response = await raw('/genesis', { headers: { authorization: 'Bearer wrong' } });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  const json = { 'content-type': 'application/json' };
  test.each([
    ['not JSON', '{"a":', json, 'usage', 'the request body is not JSON'],
    ['an unknown key', '{"reason":null,"x":1}', json, 'usage', 'body: unrecognized key: "x"'],
    [
      'a key __proto__',
      '{"reason":null,"__proto__":1}',
      json,
      'usage',
      'body: unrecognized key: "__proto__"',
    ],
    [
      'a missing key',
      '{}',
      json,
      'usage',
      'body.reason: invalid input: expected string, received undefined',
    ],
    [
      'a form',
      'reason=x',
      { 'content-type': 'text/plain' },
      'usage',
      'expected a body with content-type application/json',
    ],
    [
      'too much',
      `{"reason":"${'x'.repeat(5000)}"}`,
      { ...json, 'content-length': '5013' },
      'limit-exceeded',
      'the request body is larger than 4096 bytes',
    ],
    [
      'a length that nobody announced',
      '{"reason":"x"}',
      { ...json, 'transfer-encoding': 'chunked' },
      'usage',
      'expected a request body with a content-length, found one in chunks',
    ],
  ])('%s in the body is refused by name', async (_name, body, headers, code, detail) => {
    const { raw } = apiOf({});
    const path = `/releases/${RELEASE_ID}/cancel`;
    const response = await raw(path, { method: 'POST', body, headers });
    expect(await response.json()).toMatchObject({
      type: `urn:countersign:error:${code}`,
      detail,
      status: ERROR_CODES[code as ErrorCode].status,
    });
  });

  test('an envelope with two signatures or another payload type is refused', async () => {
    const { raw } = apiOf({ openSession: async () => Promise.reject(new Error('came through')) });
    const envelope = {
      payload: 'e30=',
      payloadType: 'text/plain',
      signatures: [{ keyid: 'k', sig: 'AQ==' }],
    };
    const send = async (changed: object): Promise<unknown> => {
      const body = JSON.stringify({
        statement: { signature: 'sshsig', envelope: { ...envelope, ...changed } },
      });
      return (await raw('/sessions', { method: 'POST', body, headers: json })).json();
    };
    expect(await send({})).toMatchObject({ type: 'urn:countersign:error:malformed-document' });
    const two = [...envelope.signatures, ...envelope.signatures];
    expect(await send({ signatures: two })).toMatchObject({ status: 400 });
  });
});

describe('a client that meets something else than a gateway', () => {
  const meeting = (response: Response | Error) =>
    createClient({
      origin: ORIGIN,
      token: PERSON_TOKEN,
      fetch: async (_input, init) => {
        expect(init?.redirect).toBe('manual');
        if (response instanceof Error) throw response;
        return response;
      },
    });

  test.each([
    ['nobody', new TypeError('fetch failed')],
    ['a proxy page', new Response('<html>', { status: 502 })],
    [
      'a redirect',
      new Response(null, { status: 302, headers: { location: 'http://elsewhere.test' } }),
    ],
    ['another kind of answer', new Response('{"ok":"yes"}')],
    ['an answer that is no JSON', new Response('hello')],
    [
      'a problem with an unknown code',
      problemWith({ type: 'urn:countersign:error:of-the-future' }),
    ],
  ])('%s is server-unreachable', async (_name, response) => {
    expect(await codeOf(meeting(response).health())).toBe('server-unreachable');
  });

  test('terminal escapes in a problem do not get through', () => {
    const value = {
      type: 'urn:countersign:error:forbidden',
      title: '',
      status: 403,
      detail: '\x1b[2Jno',
      hint: null,
      request: '',
    };
    expect(errorOfProblem(value)?.message).toBe(' [2Jno');
  });

  test('a gateway that does not answer in time is given up', async () => {
    const fetch: typeof globalThis.fetch = (_input, init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const error = createClient({ origin: ORIGIN, fetch, timeoutMs: 20 }).health();
    await expect(error).rejects.toThrow('did not answer within 0.02 seconds');
  });
});

function problemWith(changes: object): Response {
  const whole = { title: 't', status: 403, detail: 'd', hint: null, request: 'r', ...changes };
  return new Response(JSON.stringify(whole), {
    status: 403,
    headers: { 'content-type': 'application/problem+json' },
  });
}

test('docs/openapi.json is the generated document (UPDATE_DOCS=1 rewrites it)', () => {
  const path = new URL('../../docs/openapi.json', import.meta.url);
  const { api } = apiOf({});
  const text = `${JSON.stringify(openApiDocument(api), null, 2)}\n`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, text);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
});
