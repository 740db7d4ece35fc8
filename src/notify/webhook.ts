/** Notices to webhooks, signed as Standard Webhooks says (standardwebhooks.com). */
import { Webhook } from 'standardwebhooks';
import { request } from 'undici';
import { CountersignError } from '../core/errors.ts';
import { decodeBase64 } from '../formats/base64.ts';
import type { Clock, Log, Notice, Notifier } from '../gateway/ports.ts';

/** Somebody who wants notices. `secret` is `whsec_` (or nothing) and base64 of 24 to 64 bytes. */
export interface WebhookTarget {
  readonly url: string;
  /** Types that it wants; with none it gets nothing. */
  readonly events: readonly Notice['type'][];
  readonly secret: { reveal(): string };
}

export interface WebhookNotifierDeps {
  readonly targets: readonly WebhookTarget[];
  readonly clock: Clock;
  readonly log: Log;
  /** How long one target may take; default 10 seconds. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const SECRET_BYTES = { least: 24, most: 64 };

/**
 * A notifier for these targets. Each is tried even when another fails; then `notification-failed`
 * names those that did not answer 2xx. Redirects are not followed: the signature, and what it says
 * of a release, are for that address only. Throws `config-invalid` for a secret that is none.
 */
export function createWebhookNotifier(deps: WebhookNotifierDeps): Notifier {
  const { clock, log, timeoutMs = TIMEOUT_MS } = deps;
  const targets = deps.targets.map((one) => ({ ...one, webhook: createWebhook(one) }));
  return {
    async send(notice) {
      const wanted = targets.filter((one) => one.events.includes(notice.type));
      const failures = await Promise.all(
        wanted.map(async ({ url, webhook }) => {
          const failure = await post(url, webhook, notice, new Date(clock.now()), timeoutMs);
          const { host } = new URL(url);
          if (failure === null) log.info('notice-sent', { notice: notice.id, host });
          else log.warn('notice-not-taken', { notice: notice.id, host, why: failure });
          return failure === null ? [] : [`${host}: ${failure}`];
        }),
      );
      const failed = failures.flat();
      if (failed.length === 0) return;
      throw new CountersignError(
        'notification-failed',
        `notice ${notice.id} was not taken by ${failed.join('; ')}`,
        { hint: 'it is tried again; check the receiver' },
      );
    },
  };
}

function createWebhook({ url, secret }: WebhookTarget): Webhook {
  const text = secret.reveal().replace(/^whsec_/, '');
  const bytes = decodeBase64(text, `the secret of webhook ${new URL(url).host}`, 'config-invalid');
  if (bytes.length < SECRET_BYTES.least || bytes.length > SECRET_BYTES.most) {
    throw new CountersignError(
      'config-invalid',
      `expected ${SECRET_BYTES.least} to ${SECRET_BYTES.most} bytes in the secret of webhook ${new URL(url).host}, found ${bytes.length}`,
      { hint: 'make one with: openssl rand -base64 32' },
    );
  }
  return new Webhook(text);
}

/** Why the target did not take it, in one clause of our own words; null when it did. */
async function post(
  url: string,
  webhook: Webhook,
  notice: Notice,
  at: Date,
  timeoutMs: number,
): Promise<string | null> {
  const { type, release, checkpoint } = notice;
  const body = JSON.stringify({ type, timestamp: notice.at, data: { release, checkpoint } });
  try {
    const { statusCode, body: answer } = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'countersign',
        'webhook-id': notice.id,
        'webhook-timestamp': `${Math.floor(at.getTime() / 1000)}`,
        'webhook-signature': webhook.sign(notice.id, at, body),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.dump({ limit: 16 * 1024 });
    return statusCode >= 200 && statusCode < 300 ? null : `it answered with status ${statusCode}`;
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return timedOut ? `it did not answer in ${timeoutMs} ms` : 'it could not be reached';
  }
}
