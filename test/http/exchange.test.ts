import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/core/errors.ts';
import type { CiExchange, Gateway } from '../../src/gateway/gateway.ts';
import { gatewayWith, identify } from './gateway-double.ts';
import { listen, requestText, sendRaw } from './raw-http.ts';

const TOKEN = ['header', 'claims', 'signature'].join('.');
const GIVEN = {
  token: 'given',
  createdAt: '2026-01-31T12:00:00.000Z',
  expiresAt: '2026-01-31T12:15:00.000Z',
};
const PATH = '-/npm/v1/oidc/token/exchange/package';
const bearer = { authorization: `Bearer ${TOKEN}` };

/** A server whose gateway notes what it is asked, and refuses with `error` where there is one. */
function serve(error?: CountersignError) {
  const asked: CiExchange[] = [];
  const ended: string[] = [];
  const methods: Partial<Gateway> = {
    identify,
    ciAudience: () => 'release.example.com',
    exchange: async (request) => {
      asked.push(request);
      if (error !== undefined) throw error;
      return GIVEN;
    },
    endUpload: async (token) => void ended.push(token),
  };
  return { asked, ended, running: listen(gatewayWith(methods)) };
}

const refusal = new CountersignError('identity-refused', 'the CI run may not ask: it is a fork', {
  hint: 'ask again',
});

describe('npm', () => {
  test.each(['/', '/npm/'])('exchanges below %s, scope in both spellings', async (prefix) => {
    const { asked, running } = serve();
    await using server = await running;
    for (const name of ['plain', '@acme%2fone', '@acme%2Fone', '@acme/one']) {
      const answer = await sendRaw(
        server.port,
        requestText(`POST ${prefix}${PATH}/${name}`, bearer),
      );
      expect(answer.line).toMatch(/^HTTP\/1.1 201 /);
      expect(JSON.parse(answer.body)).toEqual({
        token_type: 'oidc',
        token: 'given',
        created: GIVEN.createdAt,
        expires: GIVEN.expiresAt,
      });
    }
    const scoped = { token: TOKEN, target: { ecosystem: 'npm', package: '@acme/one' } };
    expect(asked).toEqual([
      { token: TOKEN, target: { ecosystem: 'npm', package: 'plain' } },
      ...[scoped, scoped, scoped],
    ]);
  });

  test('a refusal stands where npm looks for it, which it shows with --loglevel verbose', async () => {
    const { running } = serve(refusal);
    await using server = await running;
    const answer = await sendRaw(server.port, requestText(`POST /${PATH}/plain`, bearer));
    expect(answer.line).toBe('HTTP/1.1 403 the CI run may not ask: it is a fork');
    expect(JSON.parse(answer.body).message).toBe('the CI run may not ask: it is a fork; ask again');
  });

  test('without a token, and for what is no package, nobody is asked', async () => {
    const { asked, running } = serve();
    await using server = await running;
    const none = await sendRaw(server.port, requestText(`POST /${PATH}/plain`));
    expect(none.line).toMatch(/^HTTP\/1.1 401 no identity token came with the call/);
    for (const path of [
      `/${PATH}/`,
      `/${PATH}/a/b`,
      `/${PATH}/%2e%2e`,
      '/-/npm/v1/oidc/x',
      '/-/x',
    ]) {
      const answer = await sendRaw(server.port, requestText(`POST ${path}`, bearer));
      expect(answer.line, path).toMatch(/^HTTP\/1.1 404 /);
    }
    const read = await sendRaw(server.port, requestText(`GET /${PATH}/plain`, bearer));
    expect(read.line).toMatch(/^HTTP\/1.1 404 /);
    expect(asked).toEqual([]);
  });
});

describe('PyPI', () => {
  const post = (port: number, body: string) =>
    sendRaw(
      port,
      requestText('POST /_/oidc/mint-token', { 'content-type': 'application/json' }, body),
    );

  test('says which audience, and exchanges', async () => {
    const { asked, running } = serve();
    await using server = await running;
    const audience = await sendRaw(server.port, requestText('GET /_/oidc/audience'));
    expect(JSON.parse(audience.body)).toEqual({ audience: 'release.example.com' });
    const answer = await post(server.port, JSON.stringify({ token: TOKEN }));
    expect(answer.line).toMatch(/^HTTP\/1.1 200 /);
    expect(JSON.parse(answer.body)).toEqual({
      success: true,
      token: 'given',
      expires: Date.parse(GIVEN.expiresAt) / 1000,
    });
    expect(asked).toEqual([{ token: TOKEN, target: { ecosystem: 'pypi' } }]);
  });

  test('a credential is ended by whoever has it', async () => {
    const { ended, running } = serve();
    await using server = await running;
    const body = JSON.stringify({ token: 'given' });
    const answer = await sendRaw(
      server.port,
      requestText('POST /_/oidc/burn-token', { 'content-type': 'application/json' }, body),
    );
    expect(answer.line).toMatch(/^HTTP\/1.1 200 /);
    expect(ended).toEqual(['given']);
  });

  test('a refusal is 422 with its reason, as twine and uv print it', async () => {
    const { running } = serve(refusal);
    await using server = await running;
    const answer = await post(server.port, JSON.stringify({ token: TOKEN }));
    expect(answer.line).toMatch(/^HTTP\/1.1 422 /);
    expect(JSON.parse(answer.body)).toEqual({
      message: 'Token request failed',
      errors: [
        {
          code: 'identity-refused',
          description: 'the CI run may not ask: it is a fork; ask again',
        },
      ],
    });
  });

  test('an issuer that is away is no refusal', async () => {
    const { running } = serve(new CountersignError('issuer-unreachable', 'it is away'));
    await using server = await running;
    const answer = await post(server.port, JSON.stringify({ token: TOKEN }));
    expect(answer.line).toMatch(/^HTTP\/1.1 502 /);
    expect(JSON.parse(answer.body).errors).toHaveLength(1);
  });

  test('a body that is none, or too large, is refused before anybody is asked', async () => {
    const { asked, running } = serve();
    await using server = await running;
    for (const body of ['{}', '{"token":7}', 'no', '{"token":"a","token":"b"}']) {
      const answer = await post(server.port, body);
      expect(answer.line, body).toMatch(/^HTTP\/1.1 422 /);
      expect(JSON.parse(answer.body).errors[0].code).toBe('malformed-upload');
    }
    const large = await post(server.port, JSON.stringify({ token: 'x'.repeat(20_000) }));
    expect(JSON.parse(large.body).errors[0].code).toBe('limit-exceeded');
    const elsewhere = await sendRaw(server.port, requestText('GET /_/oidc/mint-token'));
    expect(elsewhere.line).toMatch(/^HTTP\/1.1 404 /);
    expect(asked).toEqual([]);
  });
});

test('whoever is refused too often is asked to wait', async () => {
  const { asked, running } = serve(refusal);
  await using server = await running;
  const lines: string[] = [];
  for (let count = 0; count < 22; count += 1) {
    const { line } = await sendRaw(server.port, requestText(`POST /${PATH}/plain`, bearer));
    lines.push(line);
  }
  expect(lines.slice(0, 20).every((line) => line.startsWith('HTTP/1.1 403 '))).toBe(true);
  expect(lines.slice(20).every((line) => line.startsWith('HTTP/1.1 429 '))).toBe(true);
  expect(asked).toHaveLength(20);
});
