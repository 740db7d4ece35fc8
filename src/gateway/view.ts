/** What people see of a release. */

import type { VerifierCrypto } from '../core/crypto.ts';
import { withdrawal } from '../core/governance.ts';
import { whySilent } from '../core/governance-state.ts';
import { inspectionReport, type Manifest, manifest as manifestReader } from '../core/manifest.ts';
import type { ReleaseId } from '../core/names.ts';
import { decideUnderBoth, type QuorumAnswer } from '../core/quorum.ts';
import { openApproval } from '../evidence/approval-statement.ts';
import { answerable, ruleOf } from '../evidence/release-rules.ts';
import { type Asking, breakGlassOf, deriveRequesters, raiseOf } from '../evidence/requesters.ts';
import { decodeCanonical, type JsonValue } from '../formats/canonical.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { encodeUtf8 } from '../formats/text.ts';
import { missingFiles } from './declared.ts';
import type { GatewayDeps } from './deps.ts';
import { requireText } from './document-text.ts';
import type { HeldFile, QuorumView, ReleaseView } from './gateway.ts';
import {
  type Governance,
  readDocument,
  readGovernance,
  requirePolicy,
  requireProject,
} from './governance.ts';
import { findIssued } from './issued.ts';
import type { ArtifactRow, ReleaseRow, StatementRow, StoreReader } from './ports.ts';
import { addSeconds, requireRelease } from './record.ts';
import { reviewDueAt } from './review-due.ts';

export function parseJson(text: string): JsonValue {
  return decodeCanonical(encodeUtf8(text), { maxBytes: 64 << 20 });
}

export function viewRelease(deps: GatewayDeps, id: ReleaseId): Promise<ReleaseView> {
  return deps.store.read(async (tx) => composeView(deps, tx, await requireRelease(tx, id)));
}

/** `inForce` is what `readGovernance` says, for callers who have it; a list reads it once. */
export async function composeView(
  deps: GatewayDeps,
  tx: StoreReader,
  release: ReleaseRow,
  inForce?: Governance,
): Promise<ReleaseView> {
  const governance = inForce ?? (await readGovernance(tx));
  const artifacts = await tx.artifacts(release.id);
  const manifest = release.manifest === null ? null : await readManifest(tx, release);
  // what was signed for stays as it was, whatever becomes of roster and rules
  const asking =
    manifest === null
      ? await whoAsked(deps, tx, governance, release)
      : { requesters: manifest.requesters, runs: manifest.ci ?? [] };
  const asked = askedFor(await tx.statements(release.id)).map((one) => one.statement);
  // rules that a change removed leave old releases behind, which are still shown
  const policy = governance.policy.policies[release.policyName];
  const effects = await tx.effects(release.id);
  const verdict = manifest === null ? null : manifest.inspection.verdict;
  return {
    id: release.id,
    shortId: release.shortId,
    project: release.project,
    tag: release.tag,
    version: release.version,
    attempt: release.attempt,
    state: release.state,
    reason: release.reason,
    policy: release.policyName,
    opened: release.opened,
    openedAt: release.openedAt,
    sealedAt: release.sealedAt,
    expiresAt: policy === undefined ? null : expiryOf(release, policy.approvals.expiresSeconds),
    commit: release.commit,
    distTag: release.distTag,
    requesters: [...new Set(asking?.requesters.map((one) => one.person))],
    runs: asking?.runs ?? [],
    breakGlass: breakGlassOf(asked, release.id),
    reviewDueAt: await reviewDueAt(tx, governance, release),
    needsAdoption: asking === null,
    missing: missingFiles(release.declared, artifacts),
    artifacts: artifacts.map(viewArtifact),
    manifest: release.manifest,
    verdict,
    quorum: await viewQuorum(deps, tx, governance, release),
    effects: effects.map((one) => ({
      kind: one.kind,
      target: parseJson(one.target),
      state: one.state,
      outcome: one.outcome,
    })),
    events: (await tx.events(release.id)).map((one) => ({
      at: one.at,
      event: one.event,
      to: one.to,
      actor: one.actor,
      reason: one.reason,
      ledgerIndex: one.ledgerIndex,
    })),
  };
}

/** A release that nobody finishes ends by itself; approvals count from sealing. */
export function expiryOf(release: ReleaseRow, seconds: number): string {
  return addSeconds(release.sealedAt ?? release.openedAt, seconds);
}

function viewArtifact(row: ArtifactRow): Omit<HeldFile, 'metadata'> {
  return {
    ecosystem: row.ecosystem,
    package: row.package,
    version: row.version,
    kind: row.kind,
    file: row.file,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    sha512: row.sha512,
    sha1: row.sha1,
  };
}

/** Who asked for the release; null while only a bot did. */
export async function whoAsked(
  deps: Pick<GatewayDeps, 'crypto'>,
  tx: StoreReader,
  governance: Governance,
  release: ReleaseRow,
): Promise<Asking | null> {
  try {
    return await deriveAsking(deps.crypto, tx, governance, release);
  } catch {
    return null;
  }
}

/** As `deriveRequesters`, of what the store has. */
export async function deriveAsking(
  crypto: VerifierCrypto,
  tx: StoreReader,
  governance: Governance,
  release: ReleaseRow,
): Promise<Asking> {
  const shown = {
    statements: askedFor(await tx.statements(release.id)).map((one) => one.statement),
    identities: await readIdentities(tx, release.id),
  };
  return deriveRequesters(crypto, shown, requestedRelease(governance, release), {
    roster: governance.roster,
    project: requireProject(governance.policy, release.project),
  });
}

/** Identity documents of the CI runs that asked, as texts. Throws `ledger-corrupt` for a lost one. */
export async function readIdentities(
  tx: StoreReader,
  release: ReleaseId,
): Promise<readonly string[]> {
  const rows = await tx.ciIdentities(release);
  return Promise.all(rows.map((one) => requireText(tx, one.digest)));
}

/** Statements that show who asked. */
export function askedFor(statements: readonly StatementRow[]): readonly StatementRow[] {
  return statements.filter((one) => ['open', 'grant', 'adopt'].includes(one.purpose));
}

function requestedRelease(governance: Governance, release: ReleaseRow) {
  return {
    genesis: governance.genesisDigest,
    release: release.id,
    project: release.project,
    tag: release.tag,
    version: release.version,
    commit: release.commit,
    policy: release.policyName,
  };
}

export function readManifest(tx: StoreReader, release: ReleaseRow): Promise<Manifest> {
  if (release.manifest === null) throw new Error('a release without manifest was asked for it');
  return readDocument(tx, release.manifest, manifestReader, 'manifest');
}

async function viewQuorum(
  deps: GatewayDeps,
  tx: StoreReader,
  governance: Governance,
  release: ReleaseRow,
): Promise<QuorumView | null> {
  if (release.manifest === null || release.report === null) return null;
  if (governance.policy.policies[release.policyName] === undefined) return null;
  return countVotes(deps, tx, governance, release, await approvalsOf(tx, release));
}

export async function approvalsOf(
  tx: StoreReader,
  release: ReleaseRow,
): Promise<readonly StatementRow[]> {
  const statements = await tx.statements(release.id);
  const withdrawn = new Set(
    statements
      .filter((one) => one.purpose === 'withdrawal')
      .map(({ statement }) => readWithdrawn(statement)),
  );
  return statements.filter(
    (one) =>
      one.purpose === 'approval' && one.manifest === release.manifest && !withdrawn.has(one.digest),
  );
}

function readWithdrawn({ envelope }: StatementRow['statement']): string {
  return withdrawal(decodeStatement(envelope.payload).predicate, 'withdrawal').approval;
}

/** Decides over recorded approvals; every signature is verified again. */
export async function countVotes(
  deps: Pick<GatewayDeps, 'crypto' | 'clock'>,
  tx: StoreReader,
  governance: Governance,
  release: ReleaseRow,
  approvals: readonly StatementRow[],
): Promise<QuorumAnswer> {
  const manifest = await readManifest(tx, release);
  if (release.manifest === null || release.report === null) throw new Error('no manifest');
  const digest = release.manifest;
  // a change of the rules reissues the manifest, so those in force are those that it names
  const policy = requirePolicy(governance.policy, manifest.policy.name);
  const report = await readDocument(tx, release.report, inspectionReport, 'inspection report');
  const then = governance.asOf((await findIssued(tx, release)).index);
  const now = deps.clock.now();
  const votes = await Promise.all(
    approvals.map(async (one) => {
      const { statement, ledgerIndex: order, recordedAt } = one;
      const opened = await openApproval(
        deps.crypto,
        statement,
        manifest,
        digest,
        then.roster,
        governance.policy.passkeys,
      );
      const { predicate: approval, publicKey, keyFingerprint: fingerprint } = opened;
      const signer = { person: approval.person, publicKey, fingerprint };
      const silent =
        whySilent(governance.asOf(order), signer, recordedAt) ??
        whySilent(governance.state, signer, now);
      return { approval, order, silent };
    }),
  );
  return decideUnderBoth(
    {
      rule: ruleOf(manifest, policy, governance.policy),
      roster: then.roster,
      manifest: digest,
      attempt: manifest.attempt,
      requesters: manifest.requesters.map((one) => one.person),
      raise: raiseOf(manifest.ci ?? []),
      ...answerable(report, policy),
      votes,
      now,
    },
    governance.roster,
  );
}
