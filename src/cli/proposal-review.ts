/** A proposal as this machine finds it, from statements and documents; the gateway's word is compared. */
import { CountersignError } from '../core/errors.ts';
import { proposal as proposalReader } from '../core/governance.ts';
import { describeChange } from '../core/governance-difference.ts';
import type { GovernanceState } from '../core/governance-state.ts';
import { predicateTypeOf } from '../core/purpose.ts';
import type { QuorumAnswer } from '../core/quorum.ts';
import {
  decideBallots,
  type OpenedProposal,
  openBallot,
  openProposal,
} from '../evidence/proposal.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { decodeUtf8 } from '../formats/text.ts';
import type { ProposalView } from '../gateway/gateway.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import type { Instance } from './instance.ts';

export interface ReviewedProposal {
  readonly opened: OpenedProposal;
  /** What it starts from. */
  readonly before: GovernanceState;
  /** Counted here; null for a proposal that has ended. */
  readonly quorum: QuorumAnswer | null;
}

/**
 * Opens what the gateway shows, under what is in force (or was, where the proposal has ended).
 * Throws `recompute-differs` where the gateway says something else than its own documents, and as
 * `openProposal`.
 */
export async function reviewProposal(
  instance: Instance,
  view: ProposalView,
  reference: string,
  now: string,
): Promise<ReviewedProposal> {
  const { opened, before } = await openAsShown(instance, view, now);
  const { proposal, digest, newKeys, change } = opened;
  const differences: string[] = [];
  const expect = (what: string, here: unknown, told: unknown) => {
    if (textOf(here) === textOf(told)) return;
    differences.push(`${what}: here it is ${textOf(here)}, the gateway says ${textOf(told)}`);
  };
  if (reference !== proposal.id && !digest.startsWith(reference)) {
    differences.push(`proposal: asked for ${reference}, found ${proposal.id}`);
  }
  expect('digest', digest, view.digest);
  expect('id', proposal.id, view.id);
  expect('person', proposal.person, view.person);
  expect('reason', proposal.reason, view.reason);
  expect('end', proposal.expiresAt, view.expiresAt);
  expect('change', describeChange(before, change), view.differences);
  expect('new keys', newKeys, view.newKeys);
  if (differences.length > 0) {
    throw new CountersignError('recompute-differs', differences.join('; '), {
      hint: 'sign nothing, and tell the others: gateway and this machine do not see the same proposal',
    });
  }
  const isOver = view.state !== 'open' && view.state !== 'agreed';
  return { opened, before, quorum: isOver ? null : await count(instance, opened, view, now) };
}

async function openAsShown(
  instance: Instance,
  view: ProposalView,
  now: string,
): Promise<Pick<ReviewedProposal, 'opened' | 'before'>> {
  const founded = { digest: instance.digest, document: instance.genesis };
  const open = async (state: GovernanceState, at: string) => ({
    opened: await openProposal(nodeCrypto, view.statements, view.documents, { founded, state }, at),
    before: state,
  });
  if (view.state === 'open' || view.state === 'agreed') return open(instance.state, now);
  return open(stateBefore(instance, view), view.issuedAt);
}

/** The newest state that an ended proposal can have started from. */
function stateBefore({ timeline, steps, state }: Instance, view: ProposalView): GovernanceState {
  if (view.enactedAt !== null) return timeline.asOf(view.enactedAt - 1);
  const statement = view.statements
    .map((one) => decodeStatement(one.envelope.payload))
    .find((one) => one.predicateType === predicateTypeOf('proposal'));
  if (statement === undefined) return state;
  const { roster, policy } = proposalReader(statement.predicate, 'proposal');
  const states = [0, ...steps.map((one) => one.index)].map((index) => timeline.asOf(index));
  const fits = (one: GovernanceState) =>
    one.rosterDigest === roster.from && one.policyDigest === policy.from;
  return states.find(fits) ?? state;
}

async function count(
  { digest, genesis, state }: Instance,
  opened: OpenedProposal,
  view: ProposalView,
  now: string,
): Promise<QuorumAnswer> {
  const standing = { founded: { digest, document: genesis }, state };
  const isBallot = (payload: Uint8Array) =>
    decodeStatement(payload).predicateType === predicateTypeOf('ballot');
  const ballots = view.statements.filter((one) => isBallot(one.envelope.payload));
  const cast = await Promise.all(
    ballots.map(async (signed, order) => {
      const { ballot, silent } = await openBallot(nodeCrypto, signed, standing, now);
      return { ballot: ballot.predicate, silent, order };
    }),
  );
  return decideBallots(state, opened, cast, now);
}

function textOf(value: unknown): string {
  return decodeUtf8(encodeCanonical(JSON.parse(JSON.stringify(value))));
}
