/**
 * propose and ballot: a change of roster or rules, and people's word on it. What is recorded here
 * brings nothing into force; the publisher counts again and does.
 */
import { CountersignError } from '../core/errors.ts';
import { type Proposal, proposal as proposalReader } from '../core/governance.ts';
import { PROPOSAL_MAX_SECONDS } from '../core/governance-rule.ts';
import type { PersonId, Sha256 } from '../core/names.ts';
import {
  decideBallots,
  type OpenedProposal,
  openBallot,
  openProposal,
} from '../evidence/proposal.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { encodeUtf8 } from '../formats/text.ts';
import type { GatewayDeps } from './deps.ts';
import { requireFresh } from './freshness.ts';
import type { Caller, ProposalRequest, ProposalView } from './gateway.ts';
import { type Governance, readGovernance } from './governance.ts';
import { readProposalProof } from './governance-steps.ts';
import { requirePersonCaller } from './identify.ts';
import type { SignedStatement, StoreReader, StoreTransaction } from './ports.ts';
import { countBallots, readBallots, viewProposal } from './proposal-view.ts';
import { appendEntry, composeEntry, enqueue } from './record.ts';
import { requireSeenHistory } from './seen-history.ts';

/** Records a proposal. Throws as `openProposal`, and `forbidden` for another person's signature. */
export async function makeProposal(
  deps: GatewayDeps,
  caller: Caller,
  { statement, enrolments, documents }: ProposalRequest,
): Promise<ProposalView> {
  const personId = requirePersonCaller(caller);
  const digest = await deps.store.transact(async (tx) => {
    const governance = await readGovernance(tx);
    const now = deps.clock.now();
    const statements = [statement, ...enrolments];
    const standing = standingOf(governance);
    const opened = await openProposal(deps.crypto, statements, documents, standing, now);
    requireOwnFresh(now, personId, opened.proposal);
    const ledgerIndex = await appendEntry(
      tx,
      deps.crypto,
      composeEntry(now, {
        kind: 'proposal-made',
        release: null,
        ids: { person: personId },
        digests: {
          proposal: opened.digest,
          roster: opened.next.rosterDigest,
          policy: opened.next.policyDigest,
        },
      }),
    );
    await putChange(tx, deps, opened.digest, documents, enrolments, ledgerIndex);
    await tx.putStatement({
      digest: opened.digest,
      release: null,
      purpose: 'proposal',
      person: personId,
      manifest: null,
      statement,
      recordedAt: now,
      ledgerIndex,
    });
    return opened.digest;
  });
  deps.log.info('proposal-made', { proposal: digest });
  return readProposal(deps, caller, digest);
}

function requireOwnFresh(now: string, personId: PersonId, made: Proposal): void {
  requireFresh(now, made.issuedAt);
  if (made.person !== personId) {
    throw new CountersignError(
      'forbidden',
      `the session is ${personId}'s, the proposal ${made.person}'s`,
    );
  }
  const seconds = (Date.parse(made.expiresAt) - Date.parse(made.issuedAt)) / 1000;
  if (seconds > 0 && seconds <= PROPOSAL_MAX_SECONDS) return;
  throw new CountersignError(
    'malformed-document',
    `expected a proposal that ends within ${PROPOSAL_MAX_SECONDS / 86_400} days, found ${made.expiresAt}`,
  );
}

/** New documents, and the proofs of new keys, which belong to this change alone. */
export async function putChange(
  tx: StoreTransaction,
  deps: Pick<GatewayDeps, 'crypto' | 'clock'>,
  change: Sha256,
  documents: readonly string[],
  enrolments: readonly SignedStatement[],
  ledgerIndex: number,
): Promise<void> {
  for (const text of documents) {
    await tx.putDocument(await sha256Hex(deps.crypto, encodeUtf8(text)), 'change', text);
  }
  for (const statement of enrolments) {
    const { payload } = statement.envelope;
    await tx.putStatement({
      // the same enrolment may come with a second proposal, so the change is part of its name
      digest: await sha256Hex(
        deps.crypto,
        encodeUtf8(`${change} ${await sha256Hex(deps.crypto, payload)}`),
      ),
      release: null,
      purpose: 'enrolment',
      person: null,
      manifest: change,
      statement,
      recordedAt: deps.clock.now(),
      ledgerIndex,
    });
  }
}

/** Records a ballot; where it makes the quorum, the publisher is asked to bring the change about. */
export async function castBallot(
  deps: GatewayDeps,
  caller: Caller,
  digest: Sha256,
  signed: SignedStatement,
): Promise<ProposalView> {
  const personId = requirePersonCaller(caller);
  await deps.store.transact(async (tx) => {
    const governance = await readGovernance(tx);
    const now = deps.clock.now();
    const opened = await requireOpenProposal(deps, tx, governance, digest);
    const standing = standingOf(governance);
    const { ballot, silent } = await openBallot(deps.crypto, signed, standing, now);
    const { predicate } = ballot;
    requireFresh(now, predicate.issuedAt);
    if (predicate.person !== personId || predicate.proposal !== digest) {
      throw new CountersignError(
        'forbidden',
        'the ballot is of another person, or on another proposal',
      );
    }
    await requireSeenHistory(tx, deps, governance, predicate.checkpointSeen);
    const cast = await readBallots(deps, tx, governance, digest);
    requireThatItCounts(governance, opened, { ballot: predicate, silent, order: cast.length }, now);
    const ledgerIndex = await appendEntry(
      tx,
      deps.crypto,
      composeEntry(now, {
        kind: 'ballot-cast',
        release: null,
        ids: { person: personId, decision: predicate.decision },
        digests: { ballot: ballot.digest, proposal: digest },
      }),
    );
    await tx.putStatement({
      digest: ballot.digest,
      release: null,
      purpose: 'ballot',
      person: personId,
      manifest: digest,
      statement: signed,
      recordedAt: now,
      ledgerIndex,
    });
    if (!(await countBallots(deps, tx, governance, opened)).met) return;
    await enqueue(tx, deps, {
      kind: 'enact',
      release: null,
      payload: { proposal: digest },
      key: `enact:${digest}:${ledgerIndex}`,
    });
  });
  return readProposal(deps, caller, digest);
}

function requireThatItCounts(
  governance: Governance,
  opened: OpenedProposal,
  cast: Parameters<typeof decideBallots>[2][number],
  now: string,
): void {
  const [ignored] = decideBallots(governance.state, opened, [cast], now).ignored;
  if (ignored === undefined) return;
  const unconfirmed = ignored.reason.startsWith('did not acknowledge');
  throw new CountersignError(
    unconfirmed ? 'not-acknowledged' : 'forbidden',
    unconfirmed
      ? `the ballot does not count: ${ignored.person} did not confirm the fingerprint of each new key (${opened.newKeys.map((one) => `${one.person} ${one.fingerprint}`).join(', ')})`
      : `the ballot does not count: ${ignored.person} ${ignored.reason}`,
    {
      hint: unconfirmed
        ? 'ask the holder on another channel, then add --confirm FINGERPRINT'
        : 'somebody else has to vote',
    },
  );
}

/** Throws `state-conflict` where the proposal has ended, and `not-found`. */
async function requireOpenProposal(
  deps: GatewayDeps,
  tx: StoreReader,
  governance: Governance,
  digest: Sha256,
): Promise<OpenedProposal> {
  const view = await viewProposal(deps, tx, governance, digest);
  if (view.state !== 'open') {
    throw new CountersignError(
      'state-conflict',
      `expected an open proposal, found it ${view.state}`,
    );
  }
  const proof = await readProposalProof(tx, digest);
  return openProposal(
    deps.crypto,
    proof.statements,
    proof.documents,
    standingOf(governance),
    deps.clock.now(),
  );
}

export function standingOf({ genesisDigest: digest, genesis: document, state }: Governance) {
  return { founded: { digest, document }, state };
}

/** One proposal. Throws `not-found`. */
export function readProposal(
  deps: GatewayDeps,
  caller: Caller,
  digest: Sha256,
): Promise<ProposalView> {
  requirePersonCaller(caller);
  return deps.store.read(async (tx) => viewProposal(deps, tx, await readGovernance(tx), digest));
}

/** All of them, newest first. */
export async function listProposals(
  deps: GatewayDeps,
  caller: Caller,
): Promise<readonly ProposalView[]> {
  requirePersonCaller(caller);
  return deps.store.read(async (tx) => {
    const governance = await readGovernance(tx);
    const rows = [...(await tx.unboundStatements('proposal'))].reverse();
    return Promise.all(rows.map((one) => viewProposal(deps, tx, governance, one.digest)));
  });
}

/** The digest behind an id or the beginning of a digest. Throws `not-found`. */
export async function resolveProposal(deps: GatewayDeps, reference: string): Promise<Sha256> {
  const rows = await deps.store.read((tx) => tx.unboundStatements('proposal'));
  const found = rows.filter(({ digest, statement }) => {
    const { id } = proposalReader(
      decodeStatement(statement.envelope.payload).predicate,
      'proposal',
    );
    return id === reference || (reference.length >= 8 && digest.startsWith(reference));
  });
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.digest;
  throw new CountersignError('not-found', `there is no proposal ${reference}`, {
    hint: 'countersign proposal list shows them',
  });
}
