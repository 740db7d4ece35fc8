/** The changes of roster and rules with all that proves them: for evidence, and for the publisher. */
import { CountersignError } from '../core/errors.ts';
import { proposal, recovery } from '../core/governance.ts';
import { type LedgerEntry, ledgerEntry } from '../core/ledger-entry.ts';
import type { Sha256 } from '../core/names.ts';
import { predicateTypeOf } from '../core/purpose.ts';
import { GOVERNANCE_KINDS, type GovernanceStep } from '../evidence/governance.ts';
import { decodeCanonical } from '../formats/canonical.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { requireText } from './document-text.ts';
import { requireDigest } from './governance.ts';
import type { LedgerRow, SignedStatement, StatementRow, StoreReader } from './ports.ts';

/** A step, and the row of its ledger entry. */
export interface StoredStep extends GovernanceStep {
  readonly row: LedgerRow;
}

/** Those after ledger entry `after`, in order. Throws `ledger-corrupt` for what is missing. */
export async function readGovernanceSteps(
  tx: StoreReader,
  after: number,
): Promise<readonly StoredStep[]> {
  const steps: StoredStep[] = [];
  for (const row of await tx.ledgerEntriesOf([...GOVERNANCE_KINDS], after)) {
    const entry = ledgerEntry(decodeCanonical(row.bytes), 'ledger entry');
    steps.push({ row, index: row.index, entry, ...(await readProof(tx, entry)) });
  }
  return steps;
}

async function readProof(
  tx: StoreReader,
  { kind, digests }: LedgerEntry,
): Promise<Pick<GovernanceStep, 'statements' | 'documents'>> {
  if (kind === 'suspended' || kind === 'recovery-vetoed') {
    return { statements: [await requireStatement(tx, digests['statement'])], documents: [] };
  }
  const proposed = digests['proposal'];
  if (proposed !== undefined) return readProposalProof(tx, proposed);
  return readRecoveryProof(tx, requireDigest(digests['recovery']));
}

/** A proposal with its enrolments, ballots and new documents. */
export async function readProposalProof(tx: StoreReader, digest: Sha256) {
  const belonging = await belongingTo(tx, digest, ['enrolment', 'ballot']);
  return {
    statements: [await requireStatement(tx, digest), ...belonging],
    documents: await readDocuments(tx, digest),
  };
}

/** A recovery's signatures, enrolments and new documents. */
export async function readRecoveryProof(tx: StoreReader, digest: Sha256) {
  return {
    statements: await belongingTo(tx, digest, ['recovery', 'enrolment']),
    documents: await readDocuments(tx, digest),
  };
}

async function belongingTo(
  tx: StoreReader,
  digest: Sha256,
  purposes: readonly string[],
): Promise<readonly SignedStatement[]> {
  const rows: StatementRow[] = [];
  for (const purpose of purposes) {
    const all = await tx.unboundStatements(purpose);
    rows.push(...all.filter((one) => one.manifest === digest));
  }
  return rows.map((one) => one.statement);
}

/** The new documents that a proposal or recovery names. */
async function readDocuments(tx: StoreReader, digest: Sha256): Promise<readonly string[]> {
  const { envelope } = await requireStatement(tx, digest);
  const { predicateType, predicate } = decodeStatement(envelope.payload);
  const read = predicateType === predicateTypeOf('proposal') ? proposal : recovery;
  const { roster, policy } = read(predicate, 'change');
  const named = [roster.to, policy.to].flatMap((one) => one ?? []);
  return Promise.all(named.map((one) => requireText(tx, one)));
}

async function requireStatement(
  tx: StoreReader,
  digest: Sha256 | undefined,
): Promise<SignedStatement> {
  const row = await tx.statement(requireDigest(digest));
  if (row !== undefined) return row.statement;
  throw new CountersignError('ledger-corrupt', `statement ${digest} is missing from the store`);
}
