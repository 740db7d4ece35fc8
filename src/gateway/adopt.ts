/** adopt: a person stands behind a release that a bot opened, and becomes its requester. */
import { CountersignError } from '../core/errors.ts';
import { adoption } from '../core/manifest.ts';
import type { ReleaseId } from '../core/names.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller, ReleaseView } from './gateway.ts';
import { openOwn } from './own-statement.ts';
import type { SignedStatement } from './ports.ts';
import { enqueue, recordEvent, requireRelease } from './record.ts';
import { viewRelease } from './view.ts';

/** Throws `state-conflict` once a manifest names the requesters. */
export async function adoptRelease(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
  signed: SignedStatement,
): Promise<ReleaseView> {
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    const { personId, opened } = await openOwn(deps, tx, caller, signed, 'adopt', adoption);
    if (opened.predicate.release !== id) {
      throw new CountersignError('signature-invalid', 'the adoption is for another release');
    }
    if (!['receiving', 'sealed', 'inspecting'].includes(release.state)) {
      throw new CountersignError(
        'state-conflict',
        `expected the release to be before approval, found ${release.state}`,
      );
    }
    const ledgerIndex = await recordEvent(tx, deps, release, {
      kind: 'release-adopted',
      release: id,
      event: 'adopt',
      actor: personId,
      digests: { statement: opened.digest },
    });
    await tx.putStatement({
      digest: opened.digest,
      release: id,
      purpose: 'adopt',
      person: personId,
      manifest: null,
      statement: signed,
      recordedAt: deps.clock.now(),
      ledgerIndex,
    });
    if (release.state === 'inspecting') {
      // A key of its own: the job that found nobody yet may not be marked as done.
      await enqueue(tx, deps, {
        kind: 'inspect',
        release: id,
        key: `inspect:${id}:${ledgerIndex}`,
      });
    }
  });
  return viewRelease(deps, id);
}
