/** publish and resume: asking the publisher to act. It decides by itself whether it may. */
import { CountersignError } from '../core/errors.ts';
import type { ReleaseId } from '../core/names.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller, ReleaseView } from './gateway.ts';
import { requirePersonCaller } from './identify.ts';
import { enqueue, requireRelease, setReason } from './record.ts';
import { viewRelease } from './view.ts';

/** For policies with `publish: manual`, and to try again what the publisher refused. */
export async function publishRelease(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
): Promise<ReleaseView> {
  requirePersonCaller(caller);
  await ask(deps, id, ['approved', 'publishing', 'awaiting-registry', 'confirming']);
  return viewRelease(deps, id);
}

/** Carries on after a registry stopped a release halfway. */
export async function resumeRelease(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
): Promise<ReleaseView> {
  requirePersonCaller(caller);
  await ask(deps, id, ['partially-published', 'publishing', 'awaiting-registry', 'confirming']);
  return viewRelease(deps, id);
}

async function ask(deps: GatewayDeps, id: ReleaseId, states: readonly string[]): Promise<void> {
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    if (!states.includes(release.state)) {
      throw new CountersignError(
        'state-conflict',
        `expected the release to be ${states.join(' or ')}, found ${release.state}`,
      );
    }
    await setReason(tx, release, null);
    const kind = release.state === 'confirming' ? 'confirm' : 'publish';
    // A key of its own: the job that just stopped this release may not be marked as done yet, and
    // would swallow one of the same key. The publisher does one job after the other.
    await enqueue(tx, deps, { kind, release: id, key: `${kind}:${id}:${release.revision}` });
  });
}
