/** Reviews that are due after a shortcut: break-glass, or a policy that asks for one. */
import { manifest as manifestReader } from '../core/manifest.ts';
import type { ReleaseId } from '../core/names.ts';
import type { GatewayDeps } from './deps.ts';
import { type Governance, readDocument, readGovernance } from './governance.ts';
import { findIssued } from './issued.ts';
import { notify } from './notices.ts';
import type { ReleaseRow, StoreReader } from './ports.ts';
import { addSeconds, enqueue, requireRelease } from './record.ts';

const DAY_SECONDS = 86_400;

/** When a published release has to be reviewed by; null where none is due, or it was made. */
export async function reviewDueAt(
  tx: StoreReader,
  governance: Governance,
  release: ReleaseRow,
): Promise<string | null> {
  if (release.state !== 'published' || release.manifest === null) return null;
  const published = (await tx.events(release.id)).findLast((one) => one.to === 'published');
  if (published === undefined) return null;
  const { policy: named, breakGlass } = await readDocument(
    tx,
    release.manifest,
    manifestReader,
    'manifest',
  );
  const { policy: rules } = governance.asOf((await findIssued(tx, release)).index);
  const seconds =
    breakGlass === undefined
      ? (rules.policies[named.name]?.reviewWithinSeconds ?? null)
      : (rules.governance?.breakGlass?.reviewWithinSeconds ?? null);
  if (seconds === null) return null;
  const made = (await tx.statements(release.id)).some((one) => one.purpose === 'review');
  return made ? null : addSeconds(published.at, seconds);
}

/** A release of the project whose review is overdue, or undefined. */
export async function findOverdue(
  tx: StoreReader,
  governance: Governance,
  project: string,
  now: string,
): Promise<ReleaseRow | undefined> {
  for (const one of await tx.releases({ project, states: ['published'], limit: 1000 })) {
    const dueAt = await reviewDueAt(tx, governance, one);
    if (dueAt !== null && dueAt <= now) return one;
  }
  return undefined;
}

/** The job: reminds people daily once a review is overdue, until somebody made it. */
export async function remindOfReview(deps: GatewayDeps, id: ReleaseId): Promise<void> {
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    const dueAt = await reviewDueAt(tx, await readGovernance(tx), release);
    if (dueAt === null) return;
    const now = deps.clock.now();
    const isOverdue = dueAt <= now;
    if (isOverdue) await notify(tx, deps, id, 'release.review-overdue');
    const runAt = isOverdue ? addSeconds(now, DAY_SECONDS) : addSeconds(dueAt, 1);
    await enqueue(tx, deps, {
      kind: 'review-due',
      release: id,
      key: `review:${id}:${runAt}`,
      runAt,
    });
  });
}
