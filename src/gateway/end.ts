/** cancel and expire: a release that goes nowhere ends, and says why. */
import type { ReleaseId } from '../core/names.ts';
import { isTerminal, TRANSITIONS } from '../core/release-state.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller, ReleaseView } from './gateway.ts';
import { readGovernance, requirePolicy } from './governance.ts';
import { requireActor } from './identify.ts';
import { notify } from './notices.ts';
import { addSeconds, enqueue, requireRelease, transition } from './record.ts';
import { expiryOf, viewRelease } from './view.ts';

/** Nothing is upstream yet, so anyone who may touch the release may end it. */
export async function cancelRelease(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
  reason: string | null,
): Promise<ReleaseView> {
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    const actor = requireActor(caller, release);
    await transition(tx, deps, release, {
      event: 'cancel',
      actor,
      reason: `cancelled by ${actor}${reason === null ? '' : `: ${reason.slice(0, 400)}`}`,
    });
    await tx.revokeUploadCredentials(id, deps.clock.now());
  });
  return viewRelease(deps, id);
}

/** The job: does nothing to a release that has moved on. */
export async function expireRelease(deps: GatewayDeps, id: ReleaseId): Promise<void> {
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    if (isTerminal(release.state) || !(release.state in TRANSITIONS.expire)) return;
    const { policy } = await readGovernance(tx);
    const { expiresSeconds } = requirePolicy(policy, release.policyName).approvals;
    const expiresAt = expiryOf(release, expiresSeconds);
    if (deps.clock.now() < expiresAt) {
      await enqueue(tx, deps, {
        kind: 'expire',
        release: id,
        key: `expire:${id}:${expiresAt}`,
        runAt: addSeconds(expiresAt, 1),
      });
      return;
    }
    await transition(tx, deps, release, {
      event: 'expire',
      actor: 'worker',
      reason: `nobody finished it by ${expiresAt}`,
    });
    await tx.revokeUploadCredentials(id, deps.clock.now());
    await notify(tx, deps, id, 'release.failed');
  });
}
