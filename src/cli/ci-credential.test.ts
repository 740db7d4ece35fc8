import { describe, expect, it } from 'vitest';
import { ciCredentials } from './ci-credential.ts';

const ORIGIN = 'https://release.example.com';
const bearer = ['run', 'secret'].join('-');
const env = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://ci.example.com/request?api-version=2',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer,
};

/** Answers by path, and what was asked. */
function answers(by: Readonly<Record<string, Response | Error>>) {
  const asked: string[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    asked.push(`${init?.method ?? 'GET'} ${url.href} ${init?.redirect}`);
    const answer = by[url.pathname];
    if (answer instanceof Error) throw answer;
    return answer?.clone() ?? new Response('', { status: 404 });
  };
  return { asked, fetch };
}

const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });
const npm = (name: string) => ({ ecosystem: 'npm', package: name });
const python = { ecosystem: 'pypi', package: 'aitbc-sdk' };

describe('the identity of a job', () => {
  it('is none where the runner gives no address to ask', () => {
    expect(ciCredentials({ env: {}, fetch }, ORIGIN)).toBeNull();
  });

  it('is traded once for each npm package and once for all Python files', async () => {
    const { asked, fetch } = answers({
      '/request': json({ value: 'identity' }),
      '/-/npm/v1/oidc/token/exchange/package/%40aitbc%2Fweb': json({ token: 'one' }, 201),
      '/-/npm/v1/oidc/token/exchange/package/tool': json({ token: 'two' }, 201),
      '/_/oidc/audience': json({ audience: 'release.example.com' }),
      '/_/oidc/mint-token': json({ token: 'three' }),
    });
    const credentialOf = ciCredentials({ env, fetch }, ORIGIN);
    const given = [];
    for (const target of [npm('@aitbc/web'), npm('@aitbc/web'), npm('tool'), python, python]) {
      given.push((await credentialOf?.(target))?.reveal());
    }
    expect(given).toEqual(['one', 'one', 'two', 'three', 'three']);
    const audience = 'https://ci.example.com/request?api-version=2&audience=';
    expect(asked).toEqual([
      `GET ${audience}npm%3Arelease.example.com manual`,
      `POST ${ORIGIN}/-/npm/v1/oidc/token/exchange/package/%40aitbc%2Fweb manual`,
      `GET ${audience}npm%3Arelease.example.com manual`,
      `POST ${ORIGIN}/-/npm/v1/oidc/token/exchange/package/tool manual`,
      `GET ${ORIGIN}/_/oidc/audience manual`,
      `GET ${audience}release.example.com manual`,
      `POST ${ORIGIN}/_/oidc/mint-token manual`,
    ]);
  });

  it.each([
    ['a refusal', json({ message: 'no\u001b[2J run' }, 403), 'identity-refused', /no \[2J run/],
    ['a redirect', new Response('', { status: 307 }), 'server-unreachable', /status 307/],
    ['something else than JSON', new Response('<p>'), 'server-unreachable', /status 200/],
    ['no token', json({}), 'server-unreachable', /without "token"/],
    ['nothing', new Error('reset'), 'server-unreachable', /does not answer/],
  ] as const)('that meets %s is an error', async (_, answer, code, message) => {
    const { fetch } = answers({
      '/request': json({ value: 'identity' }),
      '/-/npm/v1/oidc/token/exchange/package/tool': answer,
    });
    const told = ciCredentials({ env, fetch }, ORIGIN)?.(npm('tool'));
    await expect(told).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
