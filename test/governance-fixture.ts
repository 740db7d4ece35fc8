/** Changes of roster and rules, signed with real keys: for tests of the chain from genesis on. */

import type { SshEnrolment } from '../src/core/enrolment.ts';
import type { Ballot, Proposal, Recovery, Suspended } from '../src/core/governance.ts';
import type { GovernanceState } from '../src/core/governance-state.ts';
import type { EntryKind, LedgerEntry } from '../src/core/ledger-entry.ts';
import type { PersonId, ReleaseId, Sha256 } from '../src/core/names.ts';
import type { PolicyDocument } from '../src/core/policy.ts';
import type { Purpose } from '../src/core/purpose.ts';
import type { Person, Roster } from '../src/core/roster.ts';
import { verifyFounding } from '../src/evidence/founding.ts';
import { createTimeline, type GovernanceStep } from '../src/evidence/governance.ts';
import { encodeInstanceStatement, type SignedStatement } from '../src/evidence/signed-statement.ts';
import { encodeCanonical } from '../src/formats/canonical.ts';
import { decodeUtf8 } from '../src/formats/text.ts';
import { createUuidV7 } from '../src/formats/uuid.ts';
import { nodeCrypto } from '../src/host/node-crypto.ts';
import {
  digestOf,
  type EvidenceOptions,
  type FOUNDERS,
  type Founder,
  foundInstance,
} from './evidence-fixture.ts';
import { createTestKey, type TestKey } from './ssh-fixture.ts';

const HOURS = 3_600_000;
const FOUNDED = Date.parse('2026-03-01T12:00:00.000Z');
export const hour = (hours: number) => new Date(FOUNDED + hours * HOURS).toISOString();
const textOf = (value: unknown) => decodeUtf8(encodeCanonical(value));
const digestOfDocument = (value: unknown) => digestOf(encodeCanonical(value));
const payloadDigest = (signed: SignedStatement) => digestOf(signed.envelope.payload);

/** A chain of which every step is verified as it is added. */
export async function createChain(options: EvidenceOptions = {}) {
  const instance = await foundInstance(options);
  const { genesisDigest, genesisText, founding } = instance;
  const founded = await verifyFounding(nodeCrypto, genesisText, founding);
  const timeline = await createTimeline(nodeCrypto, founded);
  const keys: Record<string, TestKey> = { ...instance.keys };
  let index = 0;
  const state = () => timeline.asOf(Number.MAX_SAFE_INTEGER);
  const sign = (key: TestKey, purpose: Purpose, predicate: object) =>
    key.sign(purpose, encodeInstanceStatement(purpose, genesisDigest, predicate));
  const step = (
    kind: EntryKind,
    hours: number,
    digests: Record<string, Sha256>,
    statements: readonly SignedStatement[],
    documents: readonly string[] = [],
  ): GovernanceStep => {
    index += 10;
    const entry: LedgerEntry = {
      schema: 'countersign/entry/v1',
      kind,
      at: hour(hours),
      release: null,
      ids: {},
      digests,
    };
    return { index, entry, statements, documents };
  };
  return { ...instance, founded, timeline, keys, state, sign, step };
}
export type Chain = Awaited<ReturnType<typeof createChain>>;

/** The next version of the roster with these people. */
export function nextRoster(state: GovernanceState, people: readonly Person[]): Roster {
  const { roster, rosterDigest } = state;
  return { ...roster, version: roster.version + 1, previous: rosterDigest, people };
}

export function nextRules(
  state: GovernanceState,
  changes: Partial<PolicyDocument>,
): PolicyDocument {
  const { policy, policyDigest } = state;
  return { ...policy, version: policy.version + 1, previous: policyDigest, ...changes };
}

/** A person with a new key, and the proof that they hold it. */
export async function enrol(chain: Chain, id: string, groups: readonly string[]) {
  const key = await createTestKey();
  chain.keys[id] = key;
  const predicate: SshEnrolment = {
    schema: 'countersign/ssh-enrolment/v1',
    genesis: chain.genesisDigest,
    person: id as PersonId,
    issuedAt: hour(1),
    publicKey: key.publicKey,
  };
  const person: Person = {
    id: id as PersonId,
    name: id,
    groups,
    keys: [{ kind: 'ssh', publicKey: key.publicKey }],
  };
  return { key, person, enrolment: chain.sign(key, 'enrolment', predicate) };
}

export interface ChangeParts {
  readonly roster?: Roster;
  readonly policy?: PolicyDocument;
  readonly enrolments?: readonly SignedStatement[];
  readonly reinstate?: readonly Suspended[];
  readonly proposer?: string;
  readonly voters?: readonly string[];
  /** Hours after the founding at which it comes into force; default 2. */
  readonly hours?: number;
  readonly proposal?: Partial<Proposal>;
  readonly ballot?: (ballot: Ballot, person: string) => Ballot;
  /** Fingerprints that every voter confirms. */
  readonly confirmed?: readonly string[];
}

function stepsOf(state: GovernanceState, { roster, policy }: ChangeParts) {
  return {
    roster: {
      from: state.rosterDigest,
      to: roster === undefined ? null : digestOfDocument(roster),
    },
    policy: {
      from: state.policyDigest,
      to: policy === undefined ? null : digestOfDocument(policy),
    },
  };
}

/** A proposal with ballots, as the ledger would bring it into force. */
export function enact(chain: Chain, parts: ChangeParts): GovernanceStep {
  const state = chain.state();
  const { hours = 2, enrolments = [], voters = ['alice', 'bob'] } = parts;
  const predicate: Proposal = {
    schema: 'countersign/proposal/v1',
    genesis: chain.genesisDigest,
    id: createUuidV7(FOUNDED, new Uint8Array(10).fill(hours)) as ReleaseId,
    ...stepsOf(state, parts),
    enrolments: enrolments.map(payloadDigest),
    reinstate: parts.reinstate ?? [],
    reason: 'because',
    person: (parts.proposer ?? 'alice') as PersonId,
    issuedAt: hour(hours - 1),
    expiresAt: hour(hours + 24),
    ...parts.proposal,
  };
  const proposer = keyOf(chain, parts.proposer ?? 'alice');
  const proposal = chain.sign(proposer, 'proposal', predicate);
  const ballots = voters.map((person) => {
    const said: Ballot = {
      schema: 'countersign/ballot/v1',
      genesis: chain.genesisDigest,
      proposal: payloadDigest(proposal),
      decision: 'approve',
      person: person as PersonId,
      confirmed: parts.confirmed ?? [],
      reason: null,
      client: 'terminal',
      issuedAt: hour(hours - 0.5),
      expiresAt: hour(hours + 24),
      checkpointSeen: { origin: 'log', size: 1, root: chain.genesisDigest },
    };
    return chain.sign(keyOf(chain, person), 'ballot', parts.ballot?.(said, person) ?? said);
  });
  const { roster, policy } = parts;
  return chain.step(
    'proposal-enacted',
    hours,
    {
      proposal: payloadDigest(proposal),
      roster: roster === undefined ? state.rosterDigest : digestOfDocument(roster),
      policy: policy === undefined ? state.policyDigest : digestOfDocument(policy),
    },
    [proposal, ...enrolments, ...ballots],
    [roster, policy].flatMap((one) => (one === undefined ? [] : [textOf(one)])),
  );
}

export function keyOf(chain: Chain, person: string): TestKey {
  const key = chain.keys[person];
  if (key === undefined) throw new Error(`nobody is called ${person}`);
  return key;
}

export function suspend(chain: Chain, by: string, subject: Suspended, hours = 3): GovernanceStep {
  const signed = chain.sign(keyOf(chain, by), 'suspension', {
    schema: 'countersign/suspension/v1',
    genesis: chain.genesisDigest,
    subject,
    person: by,
    reason: 'lost a laptop',
    issuedAt: hour(hours),
  });
  return chain.step('suspended', hours, { statement: payloadDigest(signed) }, [signed]);
}

/** The signatures of a recovery, and its two steps. */
export function recover(
  chain: Chain,
  signers: readonly TestKey[],
  parts: ChangeParts & { readonly startHours: number; readonly endHours: number },
) {
  const state = chain.state();
  const predicate: Recovery = {
    schema: 'countersign/recovery/v1',
    genesis: chain.genesisDigest,
    ...stepsOf(state, parts),
    enrolments: (parts.enrolments ?? []).map(payloadDigest),
    reinstate: parts.reinstate ?? [],
    reason: 'two of three people left',
    issuedAt: hour(parts.startHours),
  };
  const signed = signers.map((key) => chain.sign(key, 'recovery', predicate));
  const [first] = signed;
  if (first === undefined) throw new Error('nobody signs');
  const digest = payloadDigest(first);
  const { roster, policy } = parts;
  const documents = [roster, policy].flatMap((one) => (one === undefined ? [] : [textOf(one)]));
  const statements = [...signed, ...(parts.enrolments ?? [])];
  const digests = {
    recovery: digest,
    roster: roster === undefined ? state.rosterDigest : digestOfDocument(roster),
    policy: policy === undefined ? state.policyDigest : digestOfDocument(policy),
  };
  return {
    digest,
    start: () =>
      chain.step('recovery-started', parts.startHours, { recovery: digest }, statements, documents),
    end: () => chain.step('recovery-enacted', parts.endHours, digests, statements, documents),
  };
}

export function veto(chain: Chain, by: string, recovery: Sha256, hours: number): GovernanceStep {
  const signed = chain.sign(keyOf(chain, by), 'veto', {
    schema: 'countersign/veto/v1',
    genesis: chain.genesisDigest,
    recovery,
    person: by,
    reason: 'nothing is lost',
    issuedAt: hour(hours),
  });
  return chain.step('recovery-vetoed', hours, { statement: payloadDigest(signed) }, [signed]);
}

/** The founders as the roster has them. */
export function founders(chain: Chain): Readonly<Record<Founder, Person>> {
  const people = chain.roster.people.map((one) => [one.id, one] as const);
  return Object.fromEntries(people) as Record<(typeof FOUNDERS)[number], Person>;
}
