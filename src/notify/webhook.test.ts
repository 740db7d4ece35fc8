import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import type { ReleaseId } from '../core/names.ts';
import type { Notice } from '../gateway/ports.ts';
import { createWebhookNotifier, type WebhookTarget } from './webhook.ts';

const NOTICE: Notice = {
  id: '019513c2-0000-7000-8000-000000000001',
  type: 'release.awaiting-approval',
  at: '2026-03-01T12:00:00.000Z',
  release: {
    id: '019513c2-0000-7000-8000-000000000000' as ReleaseId,
    shortId: '0123456789',
    project: 'aitbc',
    tag: 'v1.2.3',
    version: '1.2.3',
    attempt: 1,
    state: 'awaiting-approval',
    reason: null,
  },
  checkpoint: 'release.example/log\n1\nAAAA\n',
};

const key = Buffer.alloc(32, 7).toString('base64');
const secretOf = (text: string) => ({ reveal: () => text });
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on loopback; `answer` is a status, a place to redirect to, or silence. */
async function receiver(answer: (path: string) => number | string | null = () => 204) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = request.url ?? '';
    received.push({ path, headers: request.headers, body });
    const told = answer(path);
    if (told === null) return;
    if (typeof told === 'string') response.writeHead(307, { location: told }).end();
    else response.writeHead(told).end('thanks');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}/hook` };
}

function notifierFor(targets: readonly WebhookTarget[], timeoutMs = 5000) {
  const logged: string[] = [];
  const log = (event: string, fields?: object) =>
    void logged.push(`${event} ${JSON.stringify(fields)}`);
  const notifier = createWebhookNotifier({
    targets,
    clock: { now: () => new Date().toISOString() },
    log: { info: log, warn: log, error: log },
    timeoutMs,
  });
  return { notifier, logged };
}

const target = (url: string, over: Partial<WebhookTarget> = {}): WebhookTarget => ({
  url,
  events: ['release.awaiting-approval'],
  secret: secretOf(`whsec_${key}`),
  ...over,
});

describe('a webhook', () => {
  test('gets the notice with a signature that its own library accepts', async () => {
    const { received, url } = await receiver();
    const { notifier, logged } = notifierFor([target(url)]);
    await notifier.send(NOTICE);
    const [only] = received;
    if (only === undefined) throw new Error('nothing came');
    const headers = only.headers as Record<string, string>;
    expect(new Webhook(key).verify(only.body, headers)).toEqual({
      type: NOTICE.type,
      timestamp: NOTICE.at,
      data: { release: NOTICE.release, checkpoint: NOTICE.checkpoint },
    });
    expect(headers['webhook-id']).toBe(NOTICE.id);
    expect(logged).toEqual([expect.stringContaining('notice-sent')]);
  });

  test('notices tampering with body, id, time and key', async () => {
    const { received, url } = await receiver();
    await notifierFor([target(url)]).notifier.send(NOTICE);
    const { body, headers } = received[0] as Received;
    const good = headers as Record<string, string>;
    const verify = (text: string, changed: Record<string, string>, secret = key) =>
      new Webhook(secret).verify(text, { ...good, ...changed });
    expect(() => verify(body, {})).not.toThrow();
    expect(() => verify(body.replace('v1.2.3', 'v1.2.4'), {})).toThrow('No matching signature');
    expect(() => verify(body, { 'webhook-id': 'other' })).toThrow('No matching signature');
    const later = String(Number(good['webhook-timestamp']) + 1);
    expect(() => verify(body, { 'webhook-timestamp': later })).toThrow('No matching signature');
    const other = Buffer.alloc(32, 8).toString('base64');
    expect(() => verify(body, {}, other)).toThrow('No matching signature');
  });

  test('gets only what it asked for', async () => {
    const { received, url } = await receiver();
    await notifierFor([
      target(url, { events: ['release.published'] }),
      target(url, { events: [] }),
    ]).notifier.send(NOTICE);
    expect(received).toEqual([]);
  });

  test('is told again, with the same id, when it did not take it; the others got theirs', async () => {
    const bad = await receiver(() => 500);
    const good = await receiver();
    const { notifier, logged } = notifierFor([target(bad.url), target(good.url)]);
    for (const _ of [1, 2]) {
      await expect(notifier.send(NOTICE)).rejects.toMatchObject({
        code: 'notification-failed',
        message: expect.stringContaining('it answered with status 500'),
      });
    }
    expect(good.received.map((one) => one.headers['webhook-id'])).toEqual([NOTICE.id, NOTICE.id]);
    expect(logged.join()).not.toContain(key);
  });

  test('cannot send us elsewhere', async () => {
    const { received, url } = await receiver((path) => (path === '/hook' ? '/elsewhere' : 204));
    await expect(notifierFor([target(url)]).notifier.send(NOTICE)).rejects.toThrow('status 307');
    expect(received.map((one) => one.path)).toEqual(['/hook']);
  });

  test('cannot hold us for ever, and may be gone', async () => {
    const silent = await receiver(() => null);
    await expect(notifierFor([target(silent.url)], 100).notifier.send(NOTICE)).rejects.toThrow(
      'it did not answer in 100 ms',
    );
    const gone = target('http://127.0.0.1:1/hook');
    await expect(notifierFor([gone]).notifier.send(NOTICE)).rejects.toThrow('could not be reached');
  });

  test.each([
    ['', 'found 0'],
    ['whsec_', 'found 0'],
    [Buffer.alloc(23).toString('base64'), 'found 23'],
    [Buffer.alloc(65).toString('base64'), 'found 65'],
    ['not base64!', 'not canonical base64'],
  ])('secret %j is refused at the start', (text, message) => {
    expect(() => notifierFor([target('http://127.0.0.1:1/', { secret: secretOf(text) })])).toThrow(
      expect.objectContaining({
        code: 'config-invalid',
        message: expect.stringContaining(message),
      }),
    );
  });
});
