/** Composing the evidence bundle of a release from what the store has. Decides nothing. */

import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { approval as approvalReader } from '../core/manifest.ts';
import type { Sha256 } from '../core/names.ts';
import type { Evidence, ProvenText } from '../evidence/bundle.ts';
import { encodeBase64 } from '../formats/base64.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { decodeUtf8 } from '../formats/text.ts';
import { formatTlogProof } from '../tlog/tlog-proof.ts';
import { consistencyProof, inclusionProof } from '../tlog/tree.ts';
import { requireText } from './document-text.ts';
import { readGovernanceSteps, type StoredStep } from './governance-steps.ts';
import { entryAt, findIssued } from './issued.ts';
import type {
  CheckpointRow,
  CiIdentityRow,
  LedgerRow,
  ReleaseRow,
  SignedStatement,
  StatementRow,
  StoreReader,
} from './ports.ts';
import { readClaim } from './source.ts';
import { approvalsOf, askedFor, readIdentities } from './view.ts';

/**
 * The bundle, proven against the newest checkpoint. Throws `state-conflict` before a manifest
 * exists, and while the newest checkpoint does not reach what must be proven.
 */
export async function composeEvidence(
  crypto: VerifierCrypto,
  tx: StoreReader,
  release: ReleaseRow,
): Promise<Evidence> {
  if (release.manifest === null || release.report === null) {
    throw new CountersignError(
      'state-conflict',
      `release ${release.shortId} is ${release.state} and has no manifest yet`,
    );
  }
  const checkpoint = await requireCheckpoint(tx);
  const approvals = await approvalsOf(tx, release);
  const genesis = await readGenesisTexts(tx);
  const identities = await readIdentities(tx, release.id);
  const issued = await findIssued(tx, release);
  const used = await findUsed(tx, release, issued.index);
  const steps = await stepsUntil(tx, used, checkpoint);
  const runs = await tx.ciIdentities(release.id);
  const proofs = await proveAll(crypto, tx, { issued, used, approvals, steps, runs }, checkpoint);
  return {
    schema: 'countersign/evidence/v1',
    genesis,
    manifest: await requireText(tx, release.manifest),
    report: await requireText(tx, release.report),
    statements: askedFor(await tx.statements(release.id)).map((one) => one.statement),
    approvals: approvals.map((one) => one.statement),
    ...(identities.length === 0 ? {} : { identities }),
    proofs,
    consistency: await consistencyOf(crypto, tx, approvals, checkpoint),
    ...(steps.length === 0
      ? {}
      : { governance: steps.map(({ statements, documents }) => ({ statements, documents })) }),
    ...(await claimsOf(tx, release.report)),
  };
}

/** Changes of roster and rules that the release is judged under: those before its use. */
async function stepsUntil(
  tx: StoreReader,
  used: LedgerRow | undefined,
  checkpoint: CheckpointRow,
): Promise<readonly StoredStep[]> {
  const end = used?.index ?? checkpoint.size;
  return (await readGovernanceSteps(tx, 0)).filter((one) => one.index < end);
}

/** The entry that says the credential was used under the present manifest. */
async function findUsed(
  tx: StoreReader,
  release: ReleaseRow,
  after: number,
): Promise<LedgerRow | undefined> {
  const rows = await releaseEntries(tx, release, after);
  return rows.find((one) => one.kind === 'credential-used');
}

export async function readGenesisTexts(
  tx: StoreReader,
): Promise<{ readonly document: string; readonly founding: readonly SignedStatement[] }> {
  const digest = await tx.genesisDigest();
  if (digest === undefined)
    throw new CountersignError('not-found', 'this instance has not been founded');
  const founding = await tx.unboundStatements('genesis');
  return {
    document: await requireText(tx, digest),
    founding: founding.map((one) => one.statement),
  };
}

export async function requireCheckpoint(tx: StoreReader): Promise<CheckpointRow> {
  const checkpoint = await tx.latestCheckpoint();
  if (checkpoint !== undefined) return checkpoint;
  throw new CountersignError('not-found', 'the publisher has signed no checkpoint yet', {
    hint: 'check that the publisher process runs',
  });
}

/** One entry with its proof against `checkpoint`. */
export async function proveEntry(
  crypto: VerifierCrypto,
  tx: StoreReader,
  name: string,
  row: LedgerRow,
  checkpoint: CheckpointRow,
): Promise<ProvenText> {
  if (row.index >= checkpoint.size) {
    throw new CountersignError(
      'state-conflict',
      `the newest checkpoint has ${checkpoint.size} entries and does not reach entry ${row.index} (${name})`,
      { hint: 'try again in a second; the publisher signs checkpoints' },
    );
  }
  const hashes = await inclusionProof(crypto, row.index, checkpoint.size, (level, index) =>
    tx.ledgerNode(level, index),
  );
  return {
    name,
    entry: decodeUtf8(row.bytes),
    proof: formatTlogProof({ index: row.index, hashes, checkpoint: checkpoint.note }),
  };
}

interface Proven {
  readonly issued: LedgerRow;
  readonly used: LedgerRow | undefined;
  readonly approvals: readonly StatementRow[];
  readonly steps: readonly StoredStep[];
  readonly runs: readonly CiIdentityRow[];
}

async function proveAll(
  crypto: VerifierCrypto,
  tx: StoreReader,
  { issued, used, approvals, steps, runs }: Proven,
  checkpoint: CheckpointRow,
): Promise<readonly ProvenText[]> {
  const genesis = await entryAt(tx, 0);
  const proofs = [await proveEntry(crypto, tx, 'genesis', genesis, checkpoint)];
  proofs.push(await proveEntry(crypto, tx, 'manifest', issued, checkpoint));
  for (const [place, one] of approvals.entries()) {
    const row = await entryAt(tx, one.ledgerIndex);
    proofs.push(await proveEntry(crypto, tx, `approval-${place + 1}`, row, checkpoint));
  }
  for (const [place, { row }] of steps.entries()) {
    proofs.push(await proveEntry(crypto, tx, `governance-${place + 1}`, row, checkpoint));
  }
  for (const [place, one] of runs.entries()) {
    const row = await entryAt(tx, one.ledgerIndex);
    proofs.push(await proveEntry(crypto, tx, `identity-${place + 1}`, row, checkpoint));
  }
  if (used !== undefined && used.index < checkpoint.size) {
    proofs.push(await proveEntry(crypto, tx, 'credential-used', used, checkpoint));
  }
  return proofs;
}

/** The source claim of a report with what it names by digest; nothing where there is none. */
async function claimsOf(tx: StoreReader, report: Sha256): Promise<Pick<Evidence, 'claims'>> {
  const claimed = await readClaim(tx, report);
  if (claimed === null) return {};
  const { document, attestations } = claimed;
  return { claims: [{ document, attestations }] };
}

/** This release's entries after `after`, found through its events. */
async function releaseEntries(
  tx: StoreReader,
  release: ReleaseRow,
  after: number,
): Promise<readonly LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for (const event of await tx.events(release.id)) {
    if (event.ledgerIndex > after) rows.push(await entryAt(tx, event.ledgerIndex));
  }
  return rows;
}

/** From what each approver saw to the checkpoint of the bundle. */
async function consistencyOf(
  crypto: VerifierCrypto,
  tx: StoreReader,
  approvals: readonly StatementRow[],
  checkpoint: CheckpointRow,
): Promise<Evidence['consistency']> {
  const sizes = new Set<number>();
  for (const one of approvals) {
    const { predicate } = decodeStatement(one.statement.envelope.payload);
    sizes.add(approvalReader(predicate, 'approval').checkpointSeen.size);
  }
  return Promise.all(
    [...sizes]
      .filter((from) => from >= 1 && from < checkpoint.size)
      .sort((a, b) => a - b)
      .map(async (from) => ({
        from,
        hashes: (
          await consistencyProof(crypto, from, checkpoint.size, (level, index) =>
            tx.ledgerNode(level, index),
          )
        ).map(encodeBase64),
      })),
  );
}
