/** inspect again: a person asks for another try where an inspection could not tell. */
import { CountersignError } from '../core/errors.ts';
import type { ReleaseId } from '../core/names.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller, ReleaseView } from './gateway.ts';
import { requireActor } from './identify.ts';
import { enqueue, requireRelease, setReason } from './record.ts';
import { viewRelease } from './view.ts';

/** Runs an inspection again that could not tell. Throws `state-conflict` in other states. */
export async function inspectAgain(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
): Promise<ReleaseView> {
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    requireActor(caller, release);
    if (release.state !== 'inspecting') {
      throw new CountersignError(
        'state-conflict',
        `expected the release to be inspecting, found ${release.state}`,
      );
    }
    // Clearing the reason gives each request a key of its own: it runs now, not after the pause of
    // a job that waits to be repeated.
    const { revision } = await setReason(tx, release, null);
    await enqueue(tx, deps, { kind: 'inspect', release: id, key: `inspect:${id}:${revision}` });
  });
  return viewRelease(deps, id);
}
