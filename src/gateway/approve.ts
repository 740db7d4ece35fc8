/**
 * approve: one person's signature over the manifest is recorded. Approvals and rejections alike.
 * Nothing here opens a door: the publisher verifies all of it again.
 */
import { CountersignError } from '../core/errors.ts';
import type { Approval, Manifest } from '../core/manifest.ts';
import type { PersonId, ReleaseId, Sha256 } from '../core/names.ts';
import type { ApprovalRule } from '../core/policy.ts';
import type { QuorumAnswer } from '../core/quorum.ts';
import { openApproval } from '../evidence/approval-statement.ts';
import type { OpenedStatement } from '../evidence/signed-statement.ts';
import type { GatewayDeps } from './deps.ts';
import { requireFresh } from './freshness.ts';
import type { Caller, ReleaseView } from './gateway.ts';
import { type Governance, readGovernance, requirePolicy } from './governance.ts';
import { requirePersonCaller } from './identify.ts';
import { notify } from './notices.ts';
import type { ReleaseRow, SignedStatement, StatementRow, StoreTransaction } from './ports.ts';
import { enqueue, recordEvent, requireRelease, transition } from './record.ts';
import { requireSeenHistory } from './seen-history.ts';
import { approvalsOf, countVotes, readManifest, viewRelease } from './view.ts';

export async function recordApproval(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
  signed: SignedStatement,
): Promise<ReleaseView> {
  const personId = requirePersonCaller(caller);
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    const digest = requireManifest(release);
    const governance = await readGovernance(tx);
    const manifest = await readManifest(tx, release);
    const opened = await openApproval(
      deps.crypto,
      signed,
      manifest,
      digest,
      governance.roster,
      governance.policy.passkeys,
    );
    requireSamePerson(personId, opened);
    requireOpenQuestion(release, opened.predicate);
    requireTimes(
      deps.clock.now(),
      opened.predicate,
      requirePolicy(governance.policy, release.policyName).approvals,
    );
    await requireSeenHistory(tx, deps, governance, opened.predicate.checkpointSeen);
    const row = await recordStatement(tx, deps, release, signed, opened);
    await requireThatItCounts(tx, deps, governance, release, row);
    const answer = await countVotes(deps, tx, governance, release, await approvalsOf(tx, release));
    await conclude(tx, deps, release, manifest, opened.predicate, answer);
  });
  return viewRelease(deps, id);
}

/** Step 1: there is something to sign. */
function requireManifest(release: ReleaseRow): Sha256 {
  const signable = release.state === 'awaiting-approval' || release.state === 'approved';
  if (signable && release.manifest !== null) return release.manifest;
  throw notAwaiting(release);
}

/** Until the publisher begins, one person may still say no; a further yes changes nothing. */
function requireOpenQuestion(release: ReleaseRow, approval: Approval): void {
  if (release.state === 'awaiting-approval' || approval.decision === 'reject') return;
  throw notAwaiting(release);
}

function notAwaiting(release: ReleaseRow): CountersignError {
  return new CountersignError(
    'state-conflict',
    `expected release ${release.shortId} to be awaiting-approval, found ${release.state}`,
    release.reason === null ? {} : { hint: release.reason },
  );
}

function requireSamePerson(personId: PersonId, opened: OpenedStatement<Approval>): void {
  if (opened.predicate.person === personId) return;
  throw new CountersignError(
    'forbidden',
    `the session is ${personId}'s, the signature ${opened.predicate.person}'s`,
  );
}

/** Step 2: made just now, for no longer than the policy lets an approval live. */
function requireTimes(now: string, approval: Approval, rule: ApprovalRule): void {
  requireFresh(now, approval.issuedAt);
  const seconds = (Date.parse(approval.expiresAt) - Date.parse(approval.issuedAt)) / 1000;
  if (seconds > 0 && seconds <= rule.expiresSeconds) return;
  throw new CountersignError(
    'signature-invalid',
    `expected an approval good for at most ${rule.expiresSeconds} seconds, found ${seconds}`,
  );
}

/** Step 4: the statement, its event and its ledger entry. Throws where the person said it before. */
async function recordStatement(
  tx: StoreTransaction,
  deps: GatewayDeps,
  release: ReleaseRow,
  signed: SignedStatement,
  opened: OpenedStatement<Approval>,
): Promise<StatementRow> {
  const { person, decision } = opened.predicate;
  if ((await tx.statements(release.id)).some((one) => one.digest === opened.digest)) {
    throw new CountersignError('state-conflict', `this signature of ${person} is recorded already`);
  }
  const ledgerIndex = await recordEvent(tx, deps, release, {
    kind: 'approval-recorded',
    release: release.id,
    event: decision === 'approve' ? 'record-approval' : 'record-rejection',
    actor: person,
    ids: { decision, person },
    digests: { approval: opened.digest, manifest: opened.predicate.manifest },
    ...(opened.predicate.reason === null ? {} : { reason: opened.predicate.reason.slice(0, 500) }),
  });
  const row: StatementRow = {
    digest: opened.digest,
    release: release.id,
    purpose: 'approval',
    person,
    manifest: opened.predicate.manifest,
    statement: signed,
    recordedAt: deps.clock.now(),
    ledgerIndex,
  };
  await tx.putStatement(row);
  return row;
}

/**
 * Step 5: a signature that cannot count is refused now, with the reason, and leaves no trace in
 * the record: the transaction ends here.
 */
async function requireThatItCounts(
  tx: StoreTransaction,
  deps: GatewayDeps,
  governance: Governance,
  release: ReleaseRow,
  row: StatementRow,
): Promise<void> {
  const alone = await countVotes(deps, tx, governance, release, [row]);
  const [ignored] = alone.ignored;
  if (ignored === undefined) return;
  const open = ignored.reason.startsWith('did not');
  throw new CountersignError(
    open ? 'not-acknowledged' : 'forbidden',
    `the signature does not count: ${ignored.person} ${ignored.reason}`,
    {
      hint: hintOf(ignored.reason),
    },
  );
}

function hintOf(reason: string): string {
  if (reason.startsWith('did not')) {
    return 'read the findings, then approve again with --acknowledge for each';
  }
  return reason.startsWith('signature ')
    ? 'check the clock of your machine, then approve again'
    : 'somebody else of the groups that the policy names has to sign';
}

/** Step 6: enough, or the end, or wait for the next person. */
async function conclude(
  tx: StoreTransaction,
  deps: GatewayDeps,
  before: ReleaseRow,
  manifest: Manifest,
  approval: Approval,
  answer: QuorumAnswer,
): Promise<void> {
  const release = await requireRelease(tx, before.id);
  if (answer.rejectedBy !== null) {
    await transition(tx, deps, release, {
      event: 'reject',
      actor: answer.rejectedBy,
      reason: `rejected by ${answer.rejectedBy}${approval.reason === null ? '' : `: ${approval.reason.slice(0, 400)}`}`,
    });
    await notify(tx, deps, release.id, 'release.rejected');
    return;
  }
  if (!answer.met) return;
  const approved = await transition(tx, deps, release, {
    event: 'reach-quorum',
    actor: approval.person,
    digests: before.manifest === null ? {} : { manifest: before.manifest },
  });
  const { policy } = await readGovernance(tx);
  if (requirePolicy(policy, manifest.policy.name).publish === 'automatic') {
    await enqueue(tx, deps, {
      kind: 'publish',
      release: approved.id,
      key: `publish:${approved.id}`,
    });
  }
}
