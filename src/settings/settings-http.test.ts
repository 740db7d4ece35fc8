import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { integer, list } from '../core/shape.ts';
import { Secret } from '../host/secret.ts';
import { label, part } from './foreign-shape.ts';
import type { SettingsLimits } from './settings-call.ts';
import { createSettingsHttp } from './settings-http.ts';

const token = ['glpat', 'sample', 'not', 'real'].join('-');
const NOW = '2026-11-30T02:00:00.000Z';
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function listen(answer: RequestListener) {
  const asked: { path: string; authorization: string }[] = [];
  const server = createServer((request, response) => {
    const { authorization = '' } = request.headers;
    asked.push({ path: request.url ?? '', authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, asked };
}

async function host(
  answer: RequestListener,
  limits: Partial<SettingsLimits> = {},
  now: () => string = () => NOW,
) {
  const { url, asked } = await listen(answer);
  const pauses: number[] = [];
  const calls: string[] = [];
  const http = createSettingsHttp(
    { baseUrl: url, token: new Secret(token) },
    {
      now,
      sleep: async (ms) => void pauses.push(ms),
      onCall: (call) => void calls.push(call),
      limits,
    },
  );
  return { http, asked, pauses, calls, url };
}

const named = part({ name: label });
const page = (value: unknown, path: string) => ({
  items: list(named)(value, path),
  total: null,
});

const json =
  (body: unknown): RequestListener =>
  (_, response) =>
    void response.end(typeof body === 'string' ? body : JSON.stringify(body));

describe('rate limits', () => {
  test('a short one is waited for, once, and then the answer counts', async () => {
    let first = true;
    const { http, pauses } = await host((_, response) => {
      if (first) response.writeHead(429, { 'retry-after': '7' });
      first = false;
      response.end('{"name":"a"}');
    });
    expect(await http.read({ path: 'x', shape: named })).toMatchObject({ value: { name: 'a' } });
    expect(pauses).toEqual([7000]);
  });

  test('a long one is not waited for, its end is said, and the host is left alone', async () => {
    const reset = Date.parse('2026-11-30T02:40:00Z') / 1000;
    const { http, asked, pauses } = await host((_, response) => {
      response.writeHead(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) });
      response.end('{"message":"API rate limit exceeded"}');
    });
    const unseen = {
      kind: 'unverified',
      reason: expect.stringMatching(/limits the rate of calls until 2026-11-30T02:40:00.000Z$/),
    };
    expect(await http.read({ path: 'x', shape: named })).toEqual(unseen);
    expect(await http.read({ path: 'y', shape: named })).toEqual(unseen);
    expect(asked).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  test('a secondary one without an end is taken as a minute', async () => {
    const { http } = await host((_, response) => {
      response.writeHead(403);
      response.end('{"message":"You have exceeded a secondary rate limit"}');
    });
    expect(await http.read({ path: 'x', shape: named })).toMatchObject({
      reason: expect.stringContaining('until 2026-11-30T02:01:00.000Z'),
    });
  });

  test('one that never ends is waited for once', async () => {
    const { http, asked, pauses } = await host((_, response) => {
      response.writeHead(429, { 'retry-after': '1' });
      response.end();
    });
    expect(await http.read({ path: 'x', shape: named })).toMatchObject({ kind: 'unverified' });
    expect([asked.length, pauses]).toEqual([2, [1000]]);
  });
});

describe('pages', () => {
  test('are followed by the link header to the last', async () => {
    const { http, asked, calls, url } = await host((request, response) => {
      const number = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 1);
      if (number < 3) {
        response.setHeader(
          'link',
          `<${url}list?page=1>; rel="first", <${url}list?page=${number + 1}>; rel="next"`,
        );
      }
      response.end(JSON.stringify([{ name: `n${number}` }]));
    });
    expect(await http.list({ path: 'list', shape: page })).toEqual({
      kind: 'observed',
      value: [{ name: 'n1' }, { name: 'n2' }, { name: 'n3' }],
      at: 'GET /api/list',
    });
    expect(asked.map((one) => one.path)).toEqual([
      '/api/list',
      '/api/list?page=2',
      '/api/list?page=3',
    ]);
    expect(calls).toHaveLength(3);
  });

  test.each([
    ['another host', 'http://localhost:1/api/list?page=2'],
    ['the same page', '/api/list'],
    ['another scheme', 'ftp://127.0.0.1/list'],
  ])('whose next is %s leave the list unverified', async (_, next) => {
    const { http, asked } = await host((_request, response) => {
      response.setHeader('link', `<${next}>; rel=next`);
      response.end('[]');
    });
    expect(await http.list({ path: 'list', shape: page })).toMatchObject({
      kind: 'unverified',
      reason: expect.stringContaining('is elsewhere or was read already'),
    });
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['pages without end', { pages: 5 }, 5],
    ['more entries than are read', { elements: 3 }, 4],
  ])('%s leave the list unverified', async (_, limits, count) => {
    let number = 0;
    const { http, asked } = await host((_request, response) => {
      number += 1;
      response.setHeader('link', `<list?page=${number}>; rel="next"`);
      response.end('[{"name":"one"}]');
    }, limits);
    expect(await http.list({ path: 'list', shape: page })).toMatchObject({
      reason: expect.stringContaining('shows more than'),
    });
    expect(asked).toHaveLength(count);
  });

  test('that end before the announced number leave the list unverified', async () => {
    const { http } = await host(json({ total_count: 3, all: [{ name: 'a' }] }));
    const shape = (value: unknown, path: string) => {
      const found = part({ total_count: integer(0), all: list(named) })(value, path);
      return { items: found.all, total: found.total_count };
    };
    expect(await http.list({ path: 'list', shape })).toMatchObject({
      reason: expect.stringMatching(/shows 1 of 3$/),
    });
  });
});

describe('the token', () => {
  test('goes to the configured host and to no other, whatever a redirect says', async () => {
    const other = await listen(json({ name: 'stolen' }));
    const { http, asked } = await host((_, response) => {
      response.writeHead(302, { location: `${other.url}x` });
      response.end();
    });
    const found = await http.read({ path: 'x', shape: named });
    expect(found).toMatchObject({
      kind: 'unverified',
      reason: expect.stringMatching(/redirects to 127\.0\.0\.1:\d+, which is not followed$/),
    });
    expect(asked[0]?.authorization).toBe(`Bearer ${token}`);
    expect(other.asked).toEqual([]);
  });

  test.each([
    ['as a value', 200, `{"name":"${token}"}`],
    ['in a refusal', 403, `{"message":"no ${token}"}`],
    ['encoded in a refusal', 400, Buffer.from(token).toString('base64')],
    ['in a shape that does not fit', 200, `{"name":{"${token}":1}}`],
  ])('is not repeated when the server echoes it %s', async (_, status, body) => {
    const { http } = await host((_request, response) => {
      response.writeHead(status);
      response.end(body);
    });
    const shown = JSON.stringify(await http.read({ path: 'x', shape: named }));
    expect(shown).toContain('unverified');
    expect(shown).not.toContain(token);
    expect(shown).not.toContain(Buffer.from(token).toString('base64'));
  });

  test('of several lines is refused before anything is asked', () => {
    const secret = new Secret(`${token}\nx`);
    const make = () =>
      createSettingsHttp(
        { baseUrl: 'http://127.0.0.1:1/', token: secret },
        { now: () => NOW, sleep: async () => {} },
      );
    expect(make).toThrow(expect.objectContaining({ code: 'config-invalid' }));
    expect(make).not.toThrow(token);
  });

  test('is not sent over plain http to another machine', () => {
    expect(() =>
      createSettingsHttp(
        { baseUrl: 'http://forge.example/', token: null },
        { now: () => NOW, sleep: async () => {} },
      ),
    ).toThrow(expect.objectContaining({ code: 'config-invalid' }));
  });
});

describe('a server that lies', () => {
  test.each([
    ['text that is not JSON', 'hello', 'is not JSON'],
    ['half of an object', '{"name":"a', 'is not JSON'],
    ['nothing', '', 'is not JSON'],
    ['a list', '[]', 'expected an object, found a list'],
    ['null', 'null', 'expected an object, found null'],
    ['an inherited member', '{"__proto__":{"name":"a"}}', 'answer.name: expected a string'],
    ['a terminal escape', '{"name":"\\u001b[2Jx"}', 'expected printable text'],
    ['a name of a megabyte', JSON.stringify({ name: 'x'.repeat(1_000_000) }), 'printable text'],
    ['great depth', `{"name":${'['.repeat(1_000_000)}`, 'is not JSON'],
    ['great depth that closes', `${'['.repeat(500_000)}${']'.repeat(500_000)}`, 'found a list'],
    ['broken UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'is not valid UTF-8'],
  ])('and sends %s leaves the part unverified', async (_, body, reason) => {
    const { http } = await host((_request, response) => void response.end(body));
    expect(await http.read({ path: 'x', shape: named })).toEqual({
      kind: 'unverified',
      reason: expect.stringContaining(reason),
    });
  });

  test('and sends without end is cut off at the bound', async () => {
    const { http } = await host(
      (_, response) => {
        const timer = setInterval(() => response.write('x'.repeat(65_536)), 1);
        response.on('close', () => clearInterval(timer));
      },
      { bodyBytes: 200_000 },
    );
    expect(await http.read({ path: 'x', shape: named })).toMatchObject({
      reason: expect.stringContaining('has more than 200000 bytes'),
    });
  });

  test('and redirects in a circle is left after the third', async () => {
    const { http, asked } = await host((_, response) => {
      response.writeHead(307, { location: '/api/again' });
      response.end();
    });
    expect(await http.read({ path: 'x', shape: named })).toMatchObject({
      reason: expect.stringContaining('redirects more than 3 times'),
    });
    expect(asked).toHaveLength(4);
  });

  test('and never answers is left after three attempts, also for later questions', async () => {
    const { http, asked, pauses } = await host(() => {}, { callMs: 50 });
    const unseen = { reason: expect.stringMatching(/gave no answer: timed out$/) };
    expect(await http.read({ path: 'x', shape: named })).toMatchObject(unseen);
    expect(await http.read({ path: 'y', shape: named })).toMatchObject(unseen);
    expect([asked.length, pauses]).toEqual([3, [300, 1200]]);
  });

  test('and fails on one question is still asked the next', async () => {
    const { http, asked } = await host((request, response) => {
      if (request.url === '/api/x') response.writeHead(502);
      response.end('{"name":"a"}');
    });
    expect(await http.read({ path: 'x', shape: named })).toMatchObject({
      reason: expect.stringMatching(/answered 502$/),
    });
    expect(await http.read({ path: 'y', shape: named })).toMatchObject({ kind: 'observed' });
    expect(asked).toHaveLength(4);
  });

  test('and makes us ask ever more is left at the bound', async () => {
    const { http, asked } = await host(json({ name: 'a' }), { calls: 2 });
    for (const path of ['a', 'b']) {
      expect(await http.read({ path, shape: named })).toMatchObject({ kind: 'observed' });
    }
    expect(await http.read({ path: 'c', shape: named })).toMatchObject({
      reason: expect.stringMatching(/^not asked: .* was called 2 times already$/),
    });
    expect(asked).toHaveLength(2);
  });

  test('and takes minutes over every answer is left when three are gone', async () => {
    let minutes = 0;
    const slow: RequestListener = (_, response) => {
      minutes += 2;
      response.end('{"name":"a"}');
    };
    const now = () => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
    const { http, asked } = await host(slow, {}, now);
    for (const path of ['a', 'b']) {
      expect(await http.read({ path, shape: named })).toMatchObject({ kind: 'observed' });
    }
    expect(await http.read({ path: 'c', shape: named })).toMatchObject({
      reason: expect.stringMatching(/^not asked: .* has taken 180 seconds already$/),
    });
    expect(asked).toHaveLength(2);
  });
});
