/** Telling people: a notice is a job of the same transaction as what it tells of. */
import type { ReleaseId } from '../core/names.ts';
import type { GatewayDeps } from './deps.ts';
import type { JobRow, Notice, Notifier, StoreTransaction } from './ports.ts';
import { enqueue, type RecordDeps, requireRelease } from './record.ts';

export async function notify(
  tx: StoreTransaction,
  deps: Pick<RecordDeps, 'clock' | 'random'>,
  release: ReleaseId,
  type: Notice['type'],
): Promise<void> {
  const at = deps.clock.now();
  await enqueue(tx, deps, {
    kind: 'notify',
    release,
    payload: { type, at },
    key: `notify:${type}:${release}:${at}`,
  });
}

/** The job: composes the notice with the newest checkpoint and sends it. Throws to be repeated. */
export async function sendNotice(
  deps: Pick<GatewayDeps, 'store'>,
  notifier: Notifier,
  job: JobRow,
): Promise<void> {
  if (job.release === null) return;
  const id = job.release;
  const payload = JSON.parse(job.payload) as { readonly type: Notice['type']; readonly at: string };
  const notice = await deps.store.read(async (tx): Promise<Notice> => {
    const release = await requireRelease(tx, id);
    const checkpoint = await tx.latestCheckpoint();
    return {
      id: job.id,
      type: payload.type,
      at: payload.at,
      release: {
        id: release.id,
        shortId: release.shortId,
        project: release.project,
        tag: release.tag,
        version: release.version,
        attempt: release.attempt,
        state: release.state,
        reason: release.reason,
      },
      checkpoint: checkpoint?.note ?? null,
    };
  });
  await notifier.send(notice);
}
