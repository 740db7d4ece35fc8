/** withdraw and review: what a person says about a release after having approved, or afterwards. */
import { CountersignError } from '../core/errors.ts';
import { review, withdrawal } from '../core/governance.ts';
import type { ReleaseId } from '../core/names.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller, ReleaseView } from './gateway.ts';
import { openOwn } from './own-statement.ts';
import type { SignedStatement } from './ports.ts';
import { recordEvent, requireRelease, transition } from './record.ts';
import { approvalsOf, countVotes, viewRelease } from './view.ts';

/** Takes an approval back while nothing was used under it; the person may approve again. */
export async function withdrawApproval(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
  signed: SignedStatement,
): Promise<ReleaseView> {
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    const { personId, governance, opened } = await openOwn(
      deps,
      tx,
      caller,
      signed,
      'withdrawal',
      withdrawal,
    );
    const { predicate } = opened;
    const own = (await approvalsOf(tx, release)).find((one) => one.digest === predicate.approval);
    if (own?.person !== personId) {
      throw new CountersignError('forbidden', `${personId} has no such approval of this release`);
    }
    if (release.state !== 'awaiting-approval' && release.state !== 'approved') {
      throw new CountersignError(
        'state-conflict',
        `expected a release that nothing was published of, found it ${release.state}`,
        { hint: 'once the credential is used, an approval stands' },
      );
    }
    const ledgerIndex = await recordEvent(tx, deps, release, {
      kind: 'approval-withdrawn',
      release: id,
      event: 'withdraw-approval',
      actor: personId,
      ids: { person: personId },
      digests: {
        approval: predicate.approval,
        withdrawal: opened.digest,
        manifest: predicate.manifest,
      },
    });
    await tx.putStatement({
      digest: opened.digest,
      release: id,
      purpose: 'withdrawal',
      person: personId,
      manifest: predicate.manifest,
      statement: signed,
      recordedAt: deps.clock.now(),
      ledgerIndex,
    });
    if (release.state !== 'approved') return;
    const answer = await countVotes(deps, tx, governance, release, await approvalsOf(tx, release));
    if (answer.met) return;
    await transition(tx, deps, release, {
      event: 'void-approval',
      actor: personId,
      reason: `${personId} took an approval back`,
    });
  });
  return viewRelease(deps, id);
}

/** Records that somebody looked at what went out by a shortcut. */
export async function reviewRelease(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
  signed: SignedStatement,
): Promise<ReleaseView> {
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    const { personId, opened } = await openOwn(deps, tx, caller, signed, 'review', review);
    const { predicate } = opened;
    if (predicate.release !== id || predicate.manifest !== release.manifest) {
      throw new CountersignError(
        'forbidden',
        'the review is of another release, or of other bytes',
      );
    }
    const approvers = (await approvalsOf(tx, release)).map((one) => one.person);
    if (approvers.includes(personId)) {
      throw new CountersignError(
        'forbidden',
        `${personId} approved this release and cannot review it`,
        {
          hint: 'somebody who did not sign for it reviews it',
        },
      );
    }
    const ledgerIndex = await recordEvent(tx, deps, release, {
      kind: 'release-reviewed',
      release: id,
      event: 'review',
      actor: personId,
      ids: { person: personId },
      digests: { review: opened.digest },
      reason: predicate.outcome.slice(0, 500),
    });
    await tx.putStatement({
      digest: opened.digest,
      release: id,
      purpose: 'review',
      person: personId,
      manifest: predicate.manifest,
      statement: signed,
      recordedAt: deps.clock.now(),
      ledgerIndex,
    });
  });
  return viewRelease(deps, id);
}
