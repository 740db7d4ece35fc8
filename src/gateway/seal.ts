/** seal: the declared set is complete; from here on nothing can be added. */
import { CountersignError } from '../core/errors.ts';
import type { ReleaseId } from '../core/names.ts';
import { missingFiles } from './declared.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller, ReleaseView } from './gateway.ts';
import { requireActor } from './identify.ts';
import type { ReleaseRow, StoreTransaction } from './ports.ts';
import { enqueue, type RecordDeps, requireRelease, transition } from './record.ts';
import { viewRelease } from './view.ts';

/** Seals in the transaction that brought the last file; false while something is missing. */
export async function sealWhenComplete(
  tx: StoreTransaction,
  deps: RecordDeps,
  release: ReleaseRow,
  actor: string,
): Promise<boolean> {
  if (missingFiles(release.declared, await tx.artifacts(release.id)).length > 0) return false;
  const sealed = await transition(tx, deps, release, {
    event: 'seal',
    actor,
    patch: { sealedAt: deps.clock.now() },
  });
  await tx.revokeUploadCredentials(sealed.id, deps.clock.now());
  await enqueue(tx, deps, { kind: 'inspect', release: sealed.id, key: `inspect:${sealed.id}` });
  return true;
}

/** Seals by hand: only says what is missing, since a complete set seals itself. */
export async function sealRelease(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
): Promise<ReleaseView> {
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    const actor = requireActor(caller, release);
    if (release.state !== 'receiving') return;
    if (await sealWhenComplete(tx, deps, release, actor)) return;
    const missing = missingFiles(release.declared, await tx.artifacts(id));
    throw new CountersignError('set-incomplete', `the release still lacks ${missing.join(', ')}`, {
      hint: 'upload what is missing, or cancel and open a release of fewer packages',
    });
  });
  return viewRelease(deps, id);
}
