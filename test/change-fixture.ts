/** Proposals, ballots and suspensions as people make them against a running gate. */
import { randomBytes } from 'node:crypto';
import type { SshEnrolment } from '../src/core/enrolment.ts';
import type {
  Ballot,
  Proposal,
  Suspended,
  Suspension,
  Withdrawal,
} from '../src/core/governance.ts';
import type { PersonId, ReleaseId, Sha256 } from '../src/core/names.ts';
import type { PolicyDocument } from '../src/core/policy.ts';
import type { Purpose } from '../src/core/purpose.ts';
import type { Person, Roster } from '../src/core/roster.ts';
import {
  encodeInstanceStatement,
  type SignedStatement,
  sha256Hex,
} from '../src/evidence/signed-statement.ts';
import { encodeHex } from '../src/formats/base64.ts';
import { encodeCanonical } from '../src/formats/canonical.ts';
import { decodeUtf8 } from '../src/formats/text.ts';
import { createUuidV7 } from '../src/formats/uuid.ts';
import type { ProposalView } from '../src/gateway/gateway.ts';
import { readGovernance } from '../src/gateway/governance.ts';
import { nodeCrypto } from '../src/host/node-crypto.ts';
import { openCheckpoint } from '../src/tlog/checkpoint.ts';
import { parseVerifierKey } from '../src/tlog/note-key.ts';
import type { Name } from './founding.ts';
import { type Gate, person } from './gate-fixture.ts';
import { createTestKey, type TestKey } from './ssh-fixture.ts';

/** The gate's clock, an hour on. */
const hourAfter = (gate: Gate) =>
  new Date(Date.parse(gate.deps.clock.now()) + 3_600_000).toISOString();

function signAs(gate: Gate, key: TestKey, purpose: Purpose, predicate: object) {
  return key.sign(purpose, encodeInstanceStatement(purpose, gate.digest, predicate));
}

export const inForce = (gate: Gate) => gate.store.read(readGovernance);

export async function rosterWith(gate: Gate, people: (now: Roster) => readonly Person[]) {
  const { roster, rosterDigest } = await inForce(gate);
  return {
    ...roster,
    version: roster.version + 1,
    previous: rosterDigest,
    people: people(roster),
  };
}

export async function rulesWith(gate: Gate, change: (now: PolicyDocument) => PolicyDocument) {
  const { policy, policyDigest } = await inForce(gate);
  return { ...change(policy), version: policy.version + 1, previous: policyDigest };
}

/** A key of somebody's own, and the proof that they hold it. */
export async function enrolKey(gate: Gate, id: string) {
  const key = await createTestKey();
  const predicate: SshEnrolment = {
    schema: 'countersign/ssh-enrolment/v1',
    genesis: gate.digest,
    person: id as PersonId,
    publicKey: key.publicKey,
    issuedAt: gate.deps.clock.now(),
  };
  return { key, enrolment: signAs(gate, key, 'enrolment', predicate) };
}

export interface Wanted {
  readonly roster?: Roster;
  readonly policy?: PolicyDocument;
  readonly enrolments?: readonly SignedStatement[];
  readonly reinstate?: readonly Suspended[];
  readonly by?: Name;
}

export async function propose(gate: Gate, wanted: Wanted): Promise<ProposalView> {
  const { roster, policy, enrolments = [], reinstate = [], by = 'alice' } = wanted;
  const now = await inForce(gate);
  const text = (value: unknown) => decodeUtf8(encodeCanonical(value));
  const digest = (value: unknown) => sha256Hex(nodeCrypto, encodeCanonical(value));
  const proofs = enrolments.map((one) => sha256Hex(nodeCrypto, one.envelope.payload));
  const predicate: Proposal = {
    schema: 'countersign/proposal/v1',
    genesis: gate.digest,
    id: createUuidV7(Date.parse(gate.deps.clock.now()), randomBytes(10)) as ReleaseId,
    roster: { from: now.rosterDigest, to: roster === undefined ? null : await digest(roster) },
    policy: { from: now.policyDigest, to: policy === undefined ? null : await digest(policy) },
    enrolments: await Promise.all(proofs),
    reinstate,
    reason: 'a test',
    person: by as PersonId,
    issuedAt: gate.deps.clock.now(),
    expiresAt: hourAfter(gate),
  };
  return gate.gateway.propose(person(by), {
    statement: signAs(gate, gate.keys[by], 'proposal', predicate),
    enrolments,
    documents: [roster, policy].flatMap((one) => (one === undefined ? [] : [text(one)])),
  });
}

/** The newest checkpoint; waits for the first. */
async function untilSigned(gate: Gate): Promise<string> {
  for (;;) {
    const row = await gate.store.read((tx) => tx.latestCheckpoint());
    if (row !== undefined) return row.note;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export async function ballot(
  gate: Gate,
  proposal: Pick<ProposalView, 'digest' | 'newKeys'>,
  by: Name,
  changes: Partial<Ballot> = {},
): Promise<ProposalView> {
  const key = await parseVerifierKey(nodeCrypto, gate.genesis.keys.ledger);
  const note = await untilSigned(gate);
  const { origin, size, root } = await openCheckpoint(nodeCrypto, note, key);
  const predicate: Ballot = {
    schema: 'countersign/ballot/v1',
    genesis: gate.digest,
    proposal: proposal.digest,
    decision: 'approve',
    person: by as PersonId,
    confirmed: proposal.newKeys.map((one) => one.fingerprint),
    reason: null,
    client: 'terminal',
    issuedAt: gate.deps.clock.now(),
    expiresAt: hourAfter(gate),
    checkpointSeen: { origin, size, root: encodeHex(root) as Sha256 },
    ...changes,
  };
  const signed = signAs(gate, gate.keys[by], 'ballot', predicate);
  return gate.gateway.ballot(person(by), proposal.digest, signed);
}

/** Proposes, has bob and carol agree, and waits until the publisher brought it about. */
export async function change(gate: Gate, wanted: Wanted): Promise<ProposalView> {
  const proposal = await propose(gate, wanted);
  await ballot(gate, proposal, 'bob');
  await ballot(gate, proposal, 'carol');
  return untilInForce(gate, proposal);
}

export async function untilInForce(
  gate: Gate,
  { digest }: Pick<ProposalView, 'digest'>,
): Promise<ProposalView> {
  for (let tries = 0; tries < 4000; tries += 1) {
    const view = await gate.gateway.proposal(person('alice'), digest);
    if (view.state === 'in-force') return view;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the proposal did not come into force');
}

export function suspensionOf(gate: Gate, by: Name, subject: Suspended): SignedStatement {
  const predicate: Suspension = {
    schema: 'countersign/suspension/v1',
    genesis: gate.digest,
    subject,
    person: by as PersonId,
    reason: 'a lost laptop',
    issuedAt: gate.deps.clock.now(),
  };
  return signAs(gate, gate.keys[by], 'suspension', predicate);
}

export async function withdrawalOf(gate: Gate, release: ReleaseId, by: Name) {
  const statements = await gate.store.read((tx) => tx.statements(release));
  const own = statements.findLast((one) => one.purpose === 'approval' && one.person === by);
  if (own?.manifest == null) throw new Error(`${by} approved nothing`);
  const predicate: Withdrawal = {
    schema: 'countersign/withdrawal/v1',
    genesis: gate.digest,
    release,
    manifest: own.manifest,
    approval: own.digest,
    person: by as PersonId,
    issuedAt: gate.deps.clock.now(),
  };
  return signAs(gate, gate.keys[by], 'withdrawal', predicate);
}

export async function reviewOf(gate: Gate, release: ReleaseId, by: Name, outcome: string) {
  const { manifest } = await gate.gateway.release(person(by), release);
  const predicate = {
    schema: 'countersign/review/v1',
    genesis: gate.digest,
    release,
    manifest,
    person: by,
    outcome,
    issuedAt: gate.deps.clock.now(),
  };
  return signAs(gate, gate.keys[by], 'review', predicate);
}
