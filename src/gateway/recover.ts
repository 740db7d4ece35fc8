/**
 * recover and veto: offline keys refound a lost quorum, in the open and after a delay. The
 * publisher writes both entries, so that the time at which the delay began is its own.
 */
import { CountersignError } from '../core/errors.ts';
import { veto } from '../core/governance.ts';
import { openRecovery } from '../evidence/recovery.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { concatBytes } from '../formats/bytes.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller, GovernanceView, RecoveryRequest, RecoveryView } from './gateway.ts';
import { readGovernance } from './governance.ts';
import { viewGovernance } from './governance-view.ts';
import { openOwn } from './own-statement.ts';
import type { SignedStatement } from './ports.ts';
import { putChange, standingOf } from './propose.ts';
import { appendEntry, composeEntry, enqueue } from './record.ts';

/**
 * Takes the signatures of recovery keys; whoever brings them needs no place in the roster, since
 * the quorum is lost. Throws as `openRecovery`, and `state-conflict` while another one waits.
 */
export async function startRecovery(
  deps: GatewayDeps,
  { statements, enrolments, documents }: RecoveryRequest,
): Promise<RecoveryView> {
  const answer = await deps.store.transact(async (tx) => {
    const governance = await readGovernance(tx);
    const now = deps.clock.now();
    const standing = standingOf(governance);
    const all = [...statements, ...enrolments];
    const opened = await openRecovery(deps.crypto, all, documents, standing, now);
    if (governance.state.recovery !== null) {
      throw new CountersignError('state-conflict', 'a recovery waits for its delay already', {
        hint: 'countersign roster show names it; any member can veto it',
      });
    }
    const ledgerIndex = await tx.ledgerSize();
    if ((await tx.statement(opened.digest)) === undefined) {
      await putChange(tx, deps, opened.digest, documents, enrolments, ledgerIndex);
      for (const [place, statement] of statements.entries()) {
        const { payload, signature } = statement.envelope;
        const digest =
          place === 0
            ? opened.digest
            : await sha256Hex(deps.crypto, concatBytes(signature.sig, payload));
        await tx.putStatement({
          digest,
          release: null,
          purpose: 'recovery',
          person: null,
          manifest: opened.digest,
          statement,
          recordedAt: now,
          ledgerIndex,
        });
      }
    }
    await enqueue(tx, deps, {
      kind: 'start-recovery',
      release: null,
      payload: { recovery: opened.digest },
      key: `start-recovery:${opened.digest}:${ledgerIndex}`,
    });
    const delaySeconds = governance.genesis.recovery?.delaySeconds ?? 0;
    return { digest: opened.digest, delaySeconds };
  });
  deps.log.warn('recovery-asked-for', { recovery: answer.digest });
  return answer;
}

/** Ends a recovery that waits. Throws `state-conflict` where none does. */
export async function vetoRecovery(
  deps: GatewayDeps,
  caller: Caller,
  signed: SignedStatement,
): Promise<GovernanceView> {
  await deps.store.transact(async (tx) => {
    const { personId, governance, opened } = await openOwn(deps, tx, caller, signed, 'veto', veto);
    const { state } = governance;
    const now = deps.clock.now();
    const { recovery } = opened.predicate;
    if (state.recovery?.digest !== recovery) {
      throw new CountersignError('state-conflict', `recovery ${recovery} does not wait`);
    }
    const ledgerIndex = await appendEntry(
      tx,
      deps.crypto,
      composeEntry(now, {
        kind: 'recovery-vetoed',
        release: null,
        ids: { person: personId },
        digests: { statement: opened.digest, recovery },
      }),
    );
    await tx.putStatement({
      digest: opened.digest,
      release: null,
      purpose: 'veto',
      person: personId,
      manifest: recovery,
      statement: signed,
      recordedAt: now,
      ledgerIndex,
    });
  });
  return deps.store.read(async (tx) => viewGovernance(await readGovernance(tx)));
}
