/** suspend: one person's word takes a voice away at once; only a proposal gives it back. */
import { CountersignError } from '../core/errors.ts';
import { suspension } from '../core/governance.ts';
import { findPerson } from '../core/roster.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller, GovernanceView } from './gateway.ts';
import { readGovernance } from './governance.ts';
import { viewGovernance } from './governance-view.ts';
import { openOwn } from './own-statement.ts';
import type { SignedStatement } from './ports.ts';
import { appendEntry, composeEntry } from './record.ts';

/**
 * Records a suspension. A key is named by its fingerprint, known or not: one that is stolen before
 * it was enrolled is refused from then on too. Throws `not-found` for a person nobody knows.
 */
export async function suspendSubject(
  deps: GatewayDeps,
  caller: Caller,
  signed: SignedStatement,
): Promise<GovernanceView> {
  const by = await deps.store.transact(async (tx) => {
    const own = await openOwn(deps, tx, caller, signed, 'suspension', suspension);
    const { personId, opened } = own;
    const { roster } = own.governance;
    const now = deps.clock.now();
    const { subject } = opened.predicate;
    if (subject.kind === 'person' && findPerson(roster, subject.id) === undefined) {
      throw new CountersignError('not-found', `there is no person ${subject.id} in the roster`, {
        hint: `the roster has ${roster.people.map((one) => one.id).join(', ')}`,
      });
    }
    const ledgerIndex = await appendEntry(
      tx,
      deps.crypto,
      composeEntry(now, {
        kind: 'suspended',
        release: null,
        ids: { person: personId, kind: subject.kind, subject: subject.id.slice(0, 256) },
        digests: { statement: opened.digest },
      }),
    );
    await tx.putStatement({
      digest: opened.digest,
      release: null,
      purpose: 'suspension',
      person: personId,
      manifest: null,
      statement: signed,
      recordedAt: now,
      ledgerIndex,
    });
    return personId;
  });
  deps.log.warn('suspended', { person: by });
  return deps.store.read(async (tx) => viewGovernance(await readGovernance(tx)));
}
