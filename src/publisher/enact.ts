/**
 * Bringing changes of roster and rules into force. Only here: the web process records ballots, and
 * the publisher counts them itself, under its own reading of what is in force.
 */

import { CountersignError, isCountersignError } from '../core/errors.ts';
import type { GovernanceState } from '../core/governance-state.ts';
import type { LedgerEntry } from '../core/ledger-entry.ts';
import type { PolicyDocument } from '../core/policy.ts';
import type { ReleaseState } from '../core/release-state.ts';
import type { Roster } from '../core/roster.ts';
import { object, sha256 } from '../core/shape.ts';
import { GOVERNANCE_KINDS, type GovernanceStep } from '../evidence/governance.ts';
import { openProposal } from '../evidence/proposal.ts';
import { openRecovery } from '../evidence/recovery.ts';
import { parseSshPublicKey, sshKeyFingerprint } from '../formats/ssh-key.ts';
import { readProposalProof, readRecoveryProof } from '../gateway/governance-steps.ts';
import type { JobRow, ReleaseRow, StoreTransaction } from '../gateway/ports.ts';
import { addSeconds, appendEntry, composeEntry, enqueue, transition } from '../gateway/record.ts';
import type { PublisherDeps } from './deps.ts';
import type { InForce } from './governance.ts';

const proposalJob = object({ proposal: sha256 });
const recoveryJob = object({ recovery: sha256 });

/** The job: a proposal with enough ballots comes into force. Says why in the log where it does not. */
export async function enactProposal(deps: PublisherDeps, job: JobRow): Promise<void> {
  const { proposal } = proposalJob(JSON.parse(job.payload), 'job');
  await deps.signer.advance();
  const inForce = await deps.governance.current();
  const proof = await deps.store.read((tx) => readProposalProof(tx, proposal));
  const at = deps.clock.now();
  try {
    const { next } = await openProposal(
      deps.crypto,
      proof.statements,
      proof.documents,
      inForce,
      at,
    );
    const entry = composeEntry(at, {
      kind: 'proposal-enacted',
      release: null,
      ids: versionsOf(next),
      digests: { proposal, ...digestsOf(next) },
    });
    await bringAbout(deps, inForce, entry, proof, next);
    deps.log.info('proposal-in-force', { proposal });
  } catch (error) {
    if (!isCountersignError(error) || error.code === 'state-conflict') throw error;
    // agreed in the database, and not by our count: nothing changes
    deps.log.error('proposal-refused', { proposal, code: error.code, error: error.message });
  }
}

/** The job: shows a recovery to everybody, and comes back when its delay is over. */
export async function startRecovery(deps: PublisherDeps, job: JobRow): Promise<void> {
  const { recovery } = recoveryJob(JSON.parse(job.payload), 'job');
  await deps.signer.advance();
  const inForce = await deps.governance.current();
  if (inForce.state.recovery !== null) return;
  const proof = await deps.store.read((tx) => readRecoveryProof(tx, recovery));
  const at = deps.clock.now();
  const entry = composeEntry(at, {
    kind: 'recovery-started',
    release: null,
    digests: { recovery },
  });
  await deps.governance.check({ index: Number.MAX_SAFE_INTEGER, entry, ...proof });
  await deps.store.transact(async (tx) => {
    await requireNothingNew(tx, inForce);
    const index = await appendOwn(tx, deps, entry);
    const delaySeconds = inForce.founded.document.recovery?.delaySeconds ?? 0;
    await enqueue(tx, deps, {
      kind: 'enact-recovery',
      release: null,
      payload: { recovery },
      key: `enact-recovery:${recovery}:${index}`,
      runAt: addSeconds(at, delaySeconds + 1),
    });
  });
  deps.log.warn('recovery-started', { recovery });
}

/** The job: nobody vetoed in time. */
export async function enactRecovery(deps: PublisherDeps, job: JobRow): Promise<void> {
  const { recovery } = recoveryJob(JSON.parse(job.payload), 'job');
  await deps.signer.advance();
  const inForce = await deps.governance.current();
  if (inForce.state.recovery?.digest !== recovery) return;
  const proof = await deps.store.read((tx) => readRecoveryProof(tx, recovery));
  const at = deps.clock.now();
  const { next } = await openRecovery(deps.crypto, proof.statements, proof.documents, inForce, at);
  const entry = composeEntry(at, {
    kind: 'recovery-enacted',
    release: null,
    ids: versionsOf(next),
    digests: { recovery, ...digestsOf(next) },
  });
  await bringAbout(deps, inForce, entry, proof, next);
  deps.log.warn('recovery-in-force', { recovery });
}

function versionsOf({ roster, policy }: GovernanceState) {
  return { roster: `${roster.version}`, policy: `${policy.version}` };
}

function digestsOf({ rosterDigest: roster, policyDigest: policy }: GovernanceState) {
  return { roster, policy };
}

/** Verified as a stranger will, then recorded with all that follows from it. */
async function bringAbout(
  deps: PublisherDeps,
  inForce: InForce,
  entry: LedgerEntry,
  proof: Pick<GovernanceStep, 'statements' | 'documents'>,
  next: GovernanceState,
): Promise<void> {
  await deps.governance.check({ index: Number.MAX_SAFE_INTEGER, entry, ...proof });
  const { state } = inForce;
  const gone = await removedKeys(deps, state.roster, next.roster);
  await deps.store.transact(async (tx) => {
    await requireNothingNew(tx, inForce);
    const ledgerIndex = await appendOwn(tx, deps, entry);
    for (const key of gone) await tx.revokeSessionsOfKey(key, deps.clock.now());
    const parts = [
      ['roster', state.rosterDigest, next.rosterDigest, next.roster.version],
      ['policy', state.policyDigest, next.policyDigest, next.policy.version],
    ] as const;
    for (const [kind, previous, digest, version] of parts) {
      if (digest === previous) continue;
      await tx.putGovernance({ kind, version, digest, previous, ledgerIndex });
    }
    if (next.policyDigest !== state.policyDigest) await voidManifests(tx, deps, next.policy);
  });
  await deps.signer.advance();
}

/** Fingerprints of SSH keys that the next roster has no more: their sessions end with them. */
async function removedKeys(
  deps: Pick<PublisherDeps, 'crypto'>,
  before: Roster,
  next: Roster,
): Promise<readonly string[]> {
  const keysOf = (of: Roster) =>
    [...of.people, ...of.bots].flatMap((one) => one.keys.map((key) => key.publicKey));
  const kept = new Set(keysOf(next));
  const removed = keysOf(before).filter((key) => !kept.has(key));
  return Promise.all(removed.map((key) => sshKeyFingerprint(parseSshPublicKey(key), deps.crypto)));
}

/** Between our reading and our writing nothing else may have changed what is in force. */
async function requireNothingNew(tx: StoreTransaction, { index }: InForce): Promise<void> {
  if ((await tx.ledgerEntriesOf([...GOVERNANCE_KINDS], index)).length === 0) return;
  throw new CountersignError('state-conflict', 'roster or rules changed in the meantime');
}

async function appendOwn(
  tx: StoreTransaction,
  deps: PublisherDeps,
  entry: LedgerEntry,
): Promise<number> {
  const index = await appendEntry(tx, deps.crypto, entry);
  const [row] = await tx.ledgerEntries(index, 1);
  if (row !== undefined) await deps.journal.add(row.leafHash);
  return index;
}

const UNDECIDED: readonly ReleaseState[] = [
  'receiving',
  'sealed',
  'inspecting',
  'awaiting-approval',
  'approved',
];

/** Releases that nothing was published of are judged anew; those whose rules are gone end. */
async function voidManifests(
  tx: StoreTransaction,
  deps: PublisherDeps,
  rules: PolicyDocument,
): Promise<void> {
  for (const release of await tx.releases({ states: UNDECIDED, limit: 100_000 })) {
    if (!hasRules(rules, release)) {
      await transition(tx, deps, release, {
        event: 'cancel',
        actor: 'publisher',
        reason: `the rules have no project ${release.project} with policy ${release.policyName} any more`,
      });
      await tx.revokeUploadCredentials(release.id, deps.clock.now());
    } else if (release.state === 'awaiting-approval' || release.state === 'approved') {
      const next = await transition(tx, deps, release, {
        event: 'change-rules',
        actor: 'publisher',
        reason: 'the rules changed: it is inspected again, and approvals start anew',
        patch: { manifest: null, report: null },
      });
      await enqueue(tx, deps, {
        kind: 'inspect',
        release: release.id,
        key: `inspect:${release.id}:${next.revision}`,
      });
    }
  }
}

function hasRules(rules: PolicyDocument, { project, policyName }: ReleaseRow): boolean {
  const found = Object.hasOwn(rules.projects, project) ? rules.projects[project] : undefined;
  return found?.policies.includes(policyName) === true;
}
