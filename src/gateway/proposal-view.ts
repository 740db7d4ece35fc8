/** What people see of a proposal: its difference, the new keys, and where it stands. */
import { CountersignError } from '../core/errors.ts';
import { proposal as proposalReader } from '../core/governance.ts';
import { describeChange } from '../core/governance-difference.ts';
import type { Sha256 } from '../core/names.ts';
import type { QuorumAnswer } from '../core/quorum.ts';
import {
  type CastBallot,
  decideBallots,
  type OpenedProposal,
  openBallot,
  openProposal,
} from '../evidence/proposal.ts';
import { decodeCanonical } from '../formats/canonical.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import type { GatewayDeps } from './deps.ts';
import type { ProposalView } from './gateway.ts';
import type { Governance } from './governance.ts';
import { readProposalProof } from './governance-steps.ts';
import type { StoreReader } from './ports.ts';

type ViewDeps = Pick<GatewayDeps, 'crypto' | 'clock'>;

/** Throws `not-found`. */
export async function viewProposal(
  deps: ViewDeps,
  tx: StoreReader,
  governance: Governance,
  digest: Sha256,
): Promise<ProposalView> {
  const row = await tx.statement(digest);
  if (row === undefined || row.purpose !== 'proposal') {
    throw new CountersignError('not-found', `there is no proposal ${digest}`, {
      hint: 'countersign proposal list shows them',
    });
  }
  const made = proposalReader(
    decodeStatement(row.statement.envelope.payload).predicate,
    'proposal',
  );
  const before = governance.asOf(row.ledgerIndex);
  const proof = await readProposalProof(tx, digest);
  const founded = { digest: governance.genesisDigest, document: governance.genesis };
  const opened = await openProposal(
    deps.crypto,
    proof.statements,
    proof.documents,
    { founded, state: before },
    row.recordedAt,
  );
  const enactedAt = await findEnacted(tx, digest);
  const quorum = await countBallots(deps, tx, governance, opened);
  const superseded =
    made.roster.from !== governance.rosterDigest || made.policy.from !== governance.policyDigest;
  return {
    id: made.id,
    digest,
    person: made.person,
    reason: made.reason,
    state: stateOf({
      enacted: enactedAt !== null,
      rejected: quorum.rejectedBy !== null,
      expired: made.expiresAt <= deps.clock.now(),
      superseded,
      met: quorum.met,
    }),
    issuedAt: made.issuedAt,
    expiresAt: made.expiresAt,
    enactedAt,
    differences: describeChange(before, opened.change),
    newKeys: opened.newKeys,
    statements: proof.statements,
    documents: proof.documents,
    quorum,
  };
}

function stateOf(of: {
  readonly enacted: boolean;
  readonly rejected: boolean;
  readonly expired: boolean;
  readonly superseded: boolean;
  readonly met: boolean;
}): ProposalView['state'] {
  if (of.enacted) return 'in-force';
  if (of.rejected) return 'rejected';
  if (of.superseded) return 'superseded';
  if (of.expired) return 'expired';
  return of.met ? 'agreed' : 'open';
}

/** When the publisher brought it into force, or null. */
async function findEnacted(tx: StoreReader, digest: Sha256): Promise<number | null> {
  for (const { index, bytes } of await tx.ledgerEntriesOf(['proposal-enacted'], 0)) {
    const entry = decodeCanonical(bytes) as { readonly digests: Record<string, string> };
    if (entry.digests['proposal'] === digest) return index;
  }
  return null;
}

/** The ballots on a proposal, each verified again, with the reason where a voice does not count. */
export async function readBallots(
  deps: ViewDeps,
  tx: StoreReader,
  governance: Governance,
  digest: Sha256,
): Promise<readonly CastBallot[]> {
  const rows = (await tx.unboundStatements('ballot')).filter((one) => one.manifest === digest);
  const founded = { digest: governance.genesisDigest, document: governance.genesis };
  return Promise.all(
    rows.map(async ({ statement, ledgerIndex, recordedAt }) => {
      // who left since is in no roster any more; what they signed is read by the one of then
      const then = { founded, state: governance.asOf(ledgerIndex) };
      const { ballot, silent } = await openBallot(deps.crypto, statement, then, recordedAt);
      return { ballot: ballot.predicate, silent, order: ledgerIndex };
    }),
  );
}

/** Where the vote stands, by the rules that were in force when it was proposed. */
export async function countBallots(
  deps: ViewDeps,
  tx: StoreReader,
  governance: Governance,
  opened: Pick<OpenedProposal, 'digest' | 'newKeys'>,
): Promise<QuorumAnswer> {
  const ballots = await readBallots(deps, tx, governance, opened.digest);
  return decideBallots(governance.state, opened, ballots, deps.clock.now());
}
