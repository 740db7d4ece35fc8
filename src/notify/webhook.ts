/** Webhooks signed as Standard Webhooks says, so that receivers verify with a stock library. */
import { Webhook } from 'standardwebhooks';
import { CountersignError } from '../core/errors.ts';
import type { SecretText } from '../ecosystem/ecosystem.ts';
import type { Clock, Log, Notice, Notifier } from '../gateway/ports.ts';

/** `secret`: `whsec_` and base64, as Standard Webhooks writes keys. */
export interface WebhookTarget {
  readonly url: string;
  readonly events: readonly Notice['type'][];
  readonly secret: SecretText;
}

export interface WebhookDeps {
  readonly targets: readonly WebhookTarget[];
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;

/** Sends a notice to each target that wants its type; none configured is success. */
export function createWebhookNotifier(deps: WebhookDeps): Notifier {
  return {
    async send(notice) {
      const targets = deps.targets.filter((one) => one.events.includes(notice.type));
      const results = await Promise.allSettled(targets.map((one) => deliver(deps, one, notice)));
      const failed = results.filter((one) => one.status === 'rejected');
      deps.log.info('notice-sent', {
        notice: notice.id,
        type: notice.type,
        targets: targets.length,
        failed: failed.length,
      });
      const [first] = failed;
      if (first !== undefined) throw first.reason;
    },
  };
}

/** Throws `server-unreachable` unless the target answered 2xx. A redirect is an answer like others:
 * the notice goes where the configuration says, nowhere else. */
async function deliver(deps: WebhookDeps, target: WebhookTarget, notice: Notice): Promise<void> {
  const payload = JSON.stringify({
    type: notice.type,
    timestamp: notice.at,
    data: { release: notice.release, checkpoint: notice.checkpoint },
  });
  const sentAt = new Date(deps.clock.now());
  const signature = new Webhook(target.secret.reveal()).sign(notice.id, sentAt, payload);
  const { host } = new URL(target.url);
  const response = await fetch(target.url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(deps.timeoutMs ?? TIMEOUT_MS),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'countersign',
      'webhook-id': notice.id,
      'webhook-timestamp': `${Math.floor(sentAt.getTime() / 1000)}`,
      'webhook-signature': signature,
    },
    body: payload,
  }).catch((cause: unknown) => {
    throw new CountersignError(
      'server-unreachable',
      `the webhook at ${host} could not be reached`,
      { cause },
    );
  });
  await response.body?.cancel();
  if (response.ok) return;
  throw new CountersignError(
    'server-unreachable',
    `the webhook at ${host} answered ${response.status}, expected 2xx`,
  );
}
