import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReleaseId } from '../core/names.ts';
import { createUuidV7 } from '../formats/uuid.ts';
import type { Notice } from '../gateway/ports.ts';
import { systemClock } from '../host/clock.ts';
import { createLog } from '../host/logging.ts';
import { Secret } from '../host/secret.ts';
import { createWebhookNotifier } from './webhook.ts';

const received: { headers: Record<string, string>; body: string }[] = [];
let status = 204;
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    received.push({
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(parts).toString(),
    });
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
  });
});

beforeEach(async () => {
  received.length = 0;
  status = 204;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const notice: Notice = {
  id: createUuidV7(Date.now(), randomBytes(10)),
  type: 'release.published',
  at: new Date().toISOString(),
  release: {
    id: createUuidV7(Date.now(), randomBytes(10)) as ReleaseId,
    shortId: 'abcdefghjk',
    project: 'aitbc',
    tag: 'v1.2.3',
    version: '1.2.3',
    attempt: 1,
    state: 'published',
    reason: null,
  },
  checkpoint: 'a signed note',
};

function notifier(events: readonly Notice['type'][] = ['release.published']) {
  const { port } = server.address() as AddressInfo;
  return createWebhookNotifier({
    targets: [{ url: `http://127.0.0.1:${port}/hook`, events, secret: new Secret(secret) }],
    clock: systemClock,
    log: createLog({ process: 'test', level: 'silent' }),
    timeoutMs: 2000,
  });
}

test('a receiver verifies the notice with a stock library and finds the checkpoint in it', async () => {
  await notifier().send(notice);
  const [one] = received;
  const payload = new Webhook(secret).verify(one?.body ?? '', one?.headers ?? {}) as {
    data: { checkpoint: string };
  };
  expect(payload.data.checkpoint).toBe('a signed note');
});

test('a changed byte or another key does not verify', async () => {
  await notifier().send(notice);
  const [one] = received;
  const changed = one?.body.replace('1.2.3', '6.6.6') ?? '';
  expect(() => new Webhook(secret).verify(changed, one?.headers ?? {})).toThrow();
  const other = `whsec_${randomBytes(32).toString('base64')}`;
  expect(() => new Webhook(other).verify(one?.body ?? '', one?.headers ?? {})).toThrow();
});

test('a target gets only the types that it wants', async () => {
  await notifier(['release.failed']).send(notice);
  expect(received).toHaveLength(0);
});

test.each([302, 404, 500])(
  'an answer of %d is no delivery, and redirects are not followed',
  async (code) => {
    status = code;
    await expect(notifier().send(notice)).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(received).toHaveLength(1);
  },
);
