/** The signed rules in force: genesis, roster, policy document. Read from the store, never from
 * the configuration file. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { type Genesis, genesis as genesisReader } from '../core/genesis.ts';
import { proposal, recovery, suspension } from '../core/governance.ts';
import {
  applyGovernance,
  type Change,
  foundingState,
  type GovernanceEvent,
  type GovernanceState,
} from '../core/governance-state.ts';
import { type LedgerEntry, ledgerEntry } from '../core/ledger-entry.ts';
import type { Sha256 } from '../core/names.ts';
import { type Policy, type PolicyDocument, type Project, policyDocument } from '../core/policy.ts';
import { type Roster, roster as rosterReader } from '../core/roster.ts';
import type { Reader } from '../core/shape.ts';
import { GOVERNANCE_KINDS } from '../evidence/governance.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { decodeCanonical, encodeCanonical } from '../formats/canonical.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/text.ts';
import type { StoreReader } from './ports.ts';

export interface Governance {
  readonly genesisDigest: Sha256;
  readonly genesis: Genesis;
  readonly roster: Roster;
  readonly rosterDigest: Sha256;
  readonly policy: PolicyDocument;
  readonly policyDigest: Sha256;
  /** What is in force, and whose voice counts. */
  readonly state: GovernanceState;
  /** The same as of a ledger entry. */
  readonly asOf: (index: number) => GovernanceState;
}

/**
 * Replays what the ledger says of roster and rules. Nothing is verified here: the publisher and
 * strangers do that, and nothing ships on this word. Throws `not-found` before the founding,
 * `ledger-corrupt` where a digest has no document.
 */
export async function readGovernance(tx: StoreReader): Promise<Governance> {
  const genesisDigest = await tx.genesisDigest();
  if (genesisDigest === undefined) {
    throw new CountersignError('not-found', 'this instance has not been founded', {
      hint: 'run countersign init',
    });
  }
  const genesis = await readDocument(tx, genesisDigest, genesisReader, 'genesis');
  const moments = await replay(tx, genesis);
  const { state } = moments.at(-1) ?? moments[0];
  return {
    genesisDigest,
    genesis,
    roster: state.roster,
    rosterDigest: state.rosterDigest,
    policy: state.policy,
    policyDigest: state.policyDigest,
    state,
    asOf: (index) => (moments.findLast((one) => one.index <= index) ?? moments[0]).state,
  };
}

interface Moment {
  readonly index: number;
  readonly state: GovernanceState;
}

async function replay(tx: StoreReader, genesis: Genesis): Promise<[Moment, ...Moment[]]> {
  const [roster] = await tx.governance('roster');
  const [policy] = await tx.governance('policy');
  if (roster === undefined || policy === undefined) {
    throw new CountersignError('ledger-corrupt', 'there is no roster, or there are no rules');
  }
  const founded = foundingState({
    roster: genesis.roster,
    rosterDigest: roster.digest,
    policy: genesis.policy,
    policyDigest: policy.digest,
  });
  const moments: [Moment, ...Moment[]] = [{ index: 0, state: founded }];
  for (const { index, bytes } of await tx.ledgerEntriesOf([...GOVERNANCE_KINDS], 0)) {
    const entry = ledgerEntry(decodeCanonical(bytes), 'ledger entry');
    const { state } = moments.at(-1) ?? moments[0];
    const event = await readEvent(tx, entry, state);
    moments.push({ index, state: applyGovernance(state, event, { index, at: entry.at }) });
  }
  return moments;
}

async function readEvent(
  tx: StoreReader,
  { kind, digests }: LedgerEntry,
  state: GovernanceState,
): Promise<GovernanceEvent> {
  switch (kind) {
    case 'proposal-enacted': {
      const { reinstate } = await readPredicate(tx, digests['proposal'], proposal, 'proposal');
      return { kind: 'enacted', change: await readChange(tx, digests, state, reinstate) };
    }
    case 'suspended': {
      const read = await readPredicate(tx, digests['statement'], suspension, 'suspension');
      return { kind: 'suspended', subject: read.subject, by: read.person };
    }
    case 'recovery-started':
      return { kind: 'recovery-started', digest: requireDigest(digests['recovery']) };
    case 'recovery-vetoed':
      return { kind: 'recovery-vetoed' };
    case 'recovery-enacted': {
      const read = await readPredicate(tx, digests['recovery'], recovery, 'recovery');
      const change = await readChange(tx, digests, state, read.reinstate);
      return { kind: 'recovery-enacted', change, reason: read.reason };
    }
    default:
      throw new CountersignError('internal', `an entry of kind ${kind} changes no rules`);
  }
}

async function readChange(
  tx: StoreReader,
  digests: LedgerEntry['digests'],
  state: GovernanceState,
  reinstate: Change['reinstate'],
): Promise<Change> {
  const [roster, policy] = [digests['roster'], digests['policy']].map(requireDigest);
  const next = async <T>(digest: Sha256 | undefined, inForce: Sha256, reader: Reader<T>) =>
    digest === undefined || digest === inForce
      ? null
      : { digest, document: await readDocument(tx, digest, reader, 'document in force') };
  return {
    roster: await next(roster, state.rosterDigest, rosterReader),
    policy: await next(policy, state.policyDigest, policyDocument),
    reinstate,
  };
}

/** What was signed, of a statement that the store keeps under this digest. */
async function readPredicate<T>(
  tx: StoreReader,
  digest: Sha256 | undefined,
  reader: Reader<T>,
  what: string,
): Promise<T> {
  const row = await tx.statement(requireDigest(digest));
  if (row === undefined) {
    throw new CountersignError('ledger-corrupt', `the ${what} ${digest} is missing from the store`);
  }
  return reader(decodeStatement(row.statement.envelope.payload).predicate, what);
}

/** Throws `ledger-corrupt` where an entry leaves out a digest that its kind has. */
export function requireDigest(digest: Sha256 | undefined): Sha256 {
  if (digest !== undefined) return digest;
  throw new CountersignError('ledger-corrupt', 'a ledger entry names no digest');
}

/** Reads a canonical document of the store by digest. Throws `ledger-corrupt` when it is gone. */
export async function readDocument<T>(
  tx: StoreReader,
  digest: Sha256,
  reader: Reader<T>,
  what: string,
): Promise<T> {
  const text = await tx.document(digest);
  if (text === undefined) {
    throw new CountersignError('ledger-corrupt', `the ${what} ${digest} is missing from the store`);
  }
  return reader(
    decodeCanonical(encodeUtf8(text), { what: `the ${what}`, maxBytes: 64 << 20 }),
    what,
  );
}

/** Canonical text and digest of a document that is about to be stored or signed. */
export async function canonicalDocument(
  crypto: Pick<VerifierCrypto, 'sha256'>,
  value: unknown,
): Promise<{ readonly text: string; readonly digest: Sha256 }> {
  const bytes = encodeCanonical(value);
  return { text: decodeUtf8(bytes), digest: await sha256Hex(crypto, bytes) };
}

/** Throws `not-found` naming the projects that exist. */
export function requireProject(document: PolicyDocument, name: string): Project {
  const found = Object.hasOwn(document.projects, name) ? document.projects[name] : undefined;
  if (found !== undefined) return found;
  throw new CountersignError(
    'not-found',
    `expected a project of the signed rules (${Object.keys(document.projects).join(', ') || 'there are none'}), found ${name}`,
  );
}

export function requirePolicy(document: PolicyDocument, name: string): Policy {
  const found = Object.hasOwn(document.policies, name) ? document.policies[name] : undefined;
  if (found !== undefined) return found;
  throw new CountersignError('not-found', `the signed rules have no policy ${name}`);
}
