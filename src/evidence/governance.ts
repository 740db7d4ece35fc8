/**
 * From genesis to what is in force: each change of roster and rules is verified under the state
 * before it. The publisher runs this over the whole ledger, a stranger over the bundle.
 */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { suspension, veto } from '../core/governance.ts';
import {
  applyGovernance,
  foundingState,
  type GovernanceEvent,
  type GovernanceState,
  whyStranger,
} from '../core/governance-state.ts';
import type { LedgerEntry } from '../core/ledger-entry.ts';
import type { Sha256 } from '../core/names.ts';
import { concatBytes } from '../formats/bytes.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { encodeUtf8 } from '../formats/text.ts';
import type { Founded } from './founding.ts';
import { verifyProposal } from './proposal.ts';
import { verifyRecovery, verifyRecoveryStart } from './recovery.ts';
import {
  openStatement,
  requireInstance,
  requirePerson,
  type SignedStatement,
  sha256Hex,
} from './signed-statement.ts';

/** Kinds of entries that change what is in force, or whose voice counts. */
export const GOVERNANCE_KINDS: ReadonlySet<LedgerEntry['kind']> = new Set([
  'proposal-enacted',
  'suspended',
  'recovery-started',
  'recovery-vetoed',
  'recovery-enacted',
] as const);

/** An entry of those kinds with all that it refers to. */
export interface GovernanceStep {
  readonly index: number;
  readonly entry: LedgerEntry;
  /** Proposal, enrolments and ballots; or the suspension, the recovery's signatures, the veto. */
  readonly statements: readonly SignedStatement[];
  /** Canonical texts of the new roster and rules. */
  readonly documents: readonly string[];
}

/** What was in force from which entry on. */
export interface Timeline {
  /** The state after every step at or before entry `index`. */
  asOf(index: number): GovernanceState;
  /** Names all steps up to there: SHA-256 of the one before and the entry; the genesis first. */
  headAt(index: number): Sha256;
}

/** What a step is verified against. */
export interface Standing {
  readonly founded: Pick<Founded, 'digest' | 'document'>;
  readonly state: GovernanceState;
}

interface Moment {
  readonly index: number;
  readonly state: GovernanceState;
  readonly head: Sha256;
}

/** A timeline that grows step by step. */
export interface GrowingTimeline extends Timeline {
  /** Verifies the next step; throws for the first thing in it that does not hold, and stays. */
  add(step: GovernanceStep): Promise<void>;
  /** Verifies a step as if it came next, and adds nothing. */
  check(step: GovernanceStep): Promise<void>;
}

/** The founding alone. */
export async function createTimeline(
  crypto: VerifierCrypto,
  founded: Founded,
): Promise<GrowingTimeline> {
  const { roster, policy } = founded.document;
  const { rosterDigest, policyDigest } = founded;
  const moments: [Moment, ...Moment[]] = [
    {
      index: 0,
      state: foundingState({ roster, rosterDigest, policy, policyDigest }),
      head: founded.digest,
    },
  ];
  const last = () => moments.at(-1) ?? moments[0];
  const at = (index: number) => moments.findLast((one) => one.index <= index) ?? moments[0];
  return {
    asOf: (index) => at(index).state,
    headAt: (index) => at(index).head,
    async check(step) {
      await verifyStep(crypto, step, { founded, state: last().state });
    },
    async add(step) {
      const before = last();
      if (step.index <= before.index) fail('changes of roster and rules are out of order');
      const event = await verifyStep(crypto, step, { founded, state: before.state });
      const { index, entry } = step;
      moments.push({
        index,
        state: applyGovernance(before.state, event, { index, at: entry.at }),
        head: await nextHead(crypto, before.head, entry),
      });
    },
  };
}

/** Throws for the first step that does not hold. */
export async function verifyTimeline(
  crypto: VerifierCrypto,
  founded: Founded,
  steps: readonly GovernanceStep[],
): Promise<Timeline> {
  const timeline = await createTimeline(crypto, founded);
  for (const step of steps) await timeline.add(step);
  return timeline;
}

async function nextHead(crypto: VerifierCrypto, head: Sha256, entry: LedgerEntry): Promise<Sha256> {
  const bytes = encodeCanonical(entry);
  return sha256Hex(crypto, concatBytes(encodeUtf8(head), bytes));
}

function verifyStep(
  crypto: VerifierCrypto,
  step: GovernanceStep,
  standing: Standing,
): Promise<GovernanceEvent> {
  switch (step.entry.kind) {
    case 'proposal-enacted':
      return verifyProposal(crypto, step, standing);
    case 'suspended':
      return verifySuspension(crypto, step, standing);
    case 'recovery-started':
      return verifyRecoveryStart(crypto, step, standing);
    case 'recovery-vetoed':
      return verifyVeto(crypto, step, standing);
    case 'recovery-enacted':
      return verifyRecovery(crypto, step, standing);
    default:
      return fail(`a ledger entry of kind ${step.entry.kind} changes no rules`);
  }
}

async function verifySuspension(
  crypto: VerifierCrypto,
  { entry, statements }: GovernanceStep,
  { founded, state }: Standing,
): Promise<GovernanceEvent> {
  const [signed] = statements;
  if (signed === undefined || statements.length > 1) fail('a suspension has one statement');
  const opened = await openStatement(crypto, signed, 'suspension', suspension, state.roster);
  requireInstance(opened, founded.digest);
  const by = requirePerson(opened, 'a suspension');
  const { subject, person } = opened.predicate;
  if (person !== by.id || entry.digests['statement'] !== opened.digest) {
    fail('the ledger has another suspension than the one that was signed');
  }
  requireVoice(state, by.id, opened);
  return { kind: 'suspended', subject, by: by.id };
}

async function verifyVeto(
  crypto: VerifierCrypto,
  { entry, statements }: GovernanceStep,
  { founded, state }: Standing,
): Promise<GovernanceEvent> {
  const [signed] = statements;
  if (signed === undefined || statements.length > 1) fail('a veto has one statement');
  const opened = await openStatement(crypto, signed, 'veto', veto, state.roster);
  requireInstance(opened, founded.digest);
  const by = requirePerson(opened, 'a veto');
  if (opened.predicate.person !== by.id || entry.digests['statement'] !== opened.digest) {
    fail('the ledger has another veto than the one that was signed');
  }
  if (opened.predicate.recovery !== state.recovery?.digest) {
    fail('the veto is against a recovery that does not wait');
  }
  requireVoice(state, by.id, opened);
  return { kind: 'recovery-vetoed' };
}

/** A key that is still new may suspend and veto: it can only stop things. */
function requireVoice(
  state: GovernanceState,
  person: Parameters<typeof whyStranger>[1]['person'],
  opened: { readonly publicKey: string; readonly keyFingerprint: string },
): void {
  const { publicKey, keyFingerprint: fingerprint } = opened;
  const reason = whyStranger(state, { person, publicKey, fingerprint });
  if (reason !== null) throw new CountersignError('forbidden', `${person} ${reason}`);
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
