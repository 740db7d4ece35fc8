/** Whether a proposal was accepted: a quorum under the rules before it, over exactly this change. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { type Ballot, ballot, type Proposal, proposal } from '../core/governance.ts';
import { ballotRule, governanceOf } from '../core/governance-rule.ts';
import {
  applyGovernance,
  type GovernanceEvent,
  type GovernanceState,
  requireReachable,
  whySilent,
} from '../core/governance-state.ts';
import type { Sha256 } from '../core/names.ts';
import { type Purpose, predicateTypeOf } from '../core/purpose.ts';
import { decideQuorum, type QuorumAnswer, type Vote } from '../core/quorum.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { type NewKey, type ReadChange, readChange } from './change.ts';
import type { GovernanceStep, Standing } from './governance.ts';
import {
  type OpenedStatement,
  openStatement,
  requireInstance,
  requirePerson,
  type SignedStatement,
} from './signed-statement.ts';

/** A proposal that was read whole, and may be balloted on. */
export interface OpenedProposal extends ReadChange {
  readonly proposal: Proposal;
  readonly digest: Sha256;
  /** What would be in force; new keys count from some time after `at`. */
  readonly next: GovernanceState;
}

/**
 * Opens a proposal under the state in force: signed by a person whose voice counts, starting from
 * what is in force, leading to documents that hold together and can still be changed again. Throws
 * as `readChange`, `quorum-unreachable`, and `forbidden` for a signer without a voice.
 */
export async function openProposal(
  crypto: VerifierCrypto,
  statements: readonly SignedStatement[],
  documents: readonly string[],
  { founded, state }: Standing,
  at: string,
): Promise<OpenedProposal> {
  const signed = only(statements, 'proposal');
  const opened = await openStatement(crypto, signed, 'proposal', proposal, state.roster);
  requireInstance(opened, founded.digest);
  const person = requirePerson(opened, 'a proposal');
  const { predicate, digest } = opened;
  if (predicate.person !== person.id) fail(`${person.id} signed a proposal of another person`);
  if (predicate.genesis !== founded.digest) fail('the proposal belongs to another instance');
  const silent = whySilent(state, { ...signerOf(opened), person: person.id }, at);
  if (silent !== null) throw new CountersignError('forbidden', `${person.id} ${silent}`);
  const read = await readChange(crypto, founded.digest, state, predicate, documents, statements);
  const { roster, policy, reinstate } = read.change;
  if (roster === null && policy === null && reinstate.length === 0) {
    fail('the proposal changes nothing');
  }
  const next = applyGovernance(state, { kind: 'enacted', change: read.change }, { index: 0, at });
  requireReachable(next);
  return { ...read, proposal: predicate, digest, next };
}

/** One ballot, read and verified; whether its voice counts is told by `silent`. */
export async function openBallot(
  crypto: VerifierCrypto,
  signed: SignedStatement,
  { founded, state }: Standing,
  at: string,
): Promise<{ readonly ballot: OpenedStatement<Ballot>; readonly silent: string | null }> {
  const opened = await openStatement(
    crypto,
    signed,
    'ballot',
    ballot,
    state.roster,
    state.policy.passkeys,
  );
  requireInstance(opened, founded.digest);
  const person = requirePerson(opened, 'a ballot');
  if (opened.predicate.person !== person.id) fail(`${person.id} signed a ballot of another person`);
  const client = signed.signature === 'webauthn' ? 'browser' : 'terminal';
  if (opened.predicate.client !== client) fail(`a ballot made in a ${client} says otherwise`);
  const silent = whySilent(state, { ...signerOf(opened), person: person.id }, at);
  return { ballot: opened, silent };
}

/** A ballot in its place among the others. */
export interface CastBallot {
  readonly ballot: Ballot;
  readonly silent: string | null;
  readonly order: number;
}

/** Counts ballots by the rule in force: one engine decides over releases and over changes. */
export function decideBallots(
  state: GovernanceState,
  { digest, newKeys }: { readonly digest: Sha256; readonly newKeys: readonly NewKey[] },
  ballots: readonly CastBallot[],
  now: string,
): QuorumAnswer {
  return decideQuorum({
    rule: ballotRule(governanceOf(state.policy)),
    roster: state.roster,
    manifest: digest,
    attempt: 1,
    requesters: [],
    raise: 0,
    toAcknowledge: newKeys.map((one) => one.fingerprint),
    toWaive: [],
    votes: ballots.map(voteOf),
    now,
  });
}

function voteOf({ ballot: { proposal: manifest, confirmed, ...said }, silent, order }: CastBallot) {
  const approval = { ...said, manifest, attempt: 1, acknowledged: confirmed, waived: [] };
  return { approval, silent, order } satisfies Vote;
}

/** The step that brings a proposal into force. Throws `quorum-unmet` where too few agreed. */
export async function verifyProposal(
  crypto: VerifierCrypto,
  { entry, statements, documents }: GovernanceStep,
  standing: Standing,
): Promise<GovernanceEvent> {
  const { state } = standing;
  const opened = await openProposal(crypto, statements, documents, standing, entry.at);
  if (opened.proposal.expiresAt <= entry.at) fail('the proposal had expired');
  const { proposal: named, roster, policy } = entry.digests;
  const agrees =
    named === opened.digest &&
    roster === opened.next.rosterDigest &&
    policy === opened.next.policyDigest;
  if (!agrees) fail('the ledger enacts another change than the proposal');
  const ballots = statements.filter((one) => purposeOf(one) === predicateTypeOf('ballot'));
  const cast: CastBallot[] = [];
  for (const [order, signed] of ballots.entries()) {
    const { ballot: one, silent } = await openBallot(crypto, signed, standing, entry.at);
    cast.push({ ballot: one.predicate, silent, order });
  }
  const answer = decideBallots(state, opened, cast, entry.at);
  if (!answer.met) {
    throw new CountersignError(
      'quorum-unmet',
      `the change of roster and rules has no quorum: ${answer.rejectedBy === null ? `missing ${answer.missing.join('; ')}` : `${answer.rejectedBy} rejected it`}`,
    );
  }
  return { kind: 'enacted', change: opened.change };
}

/** The one statement of this purpose. Throws `evidence-invalid` for none and for two. */
function only(statements: readonly SignedStatement[], purpose: Purpose): SignedStatement {
  const found = statements.filter((one) => purposeOf(one) === predicateTypeOf(purpose));
  const [first] = found;
  if (first === undefined || found.length > 1)
    fail(`expected one ${purpose}, found ${found.length}`);
  return first;
}

function purposeOf({ envelope }: SignedStatement): string {
  return decodeStatement(envelope.payload).predicateType;
}

function signerOf(opened: { readonly publicKey: string; readonly keyFingerprint: string }) {
  return { publicKey: opened.publicKey, fingerprint: opened.keyFingerprint };
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
