/** What may be read of releases: status, report, review bundle, evidence, held bytes. */
import { CountersignError } from '../core/errors.ts';
import { inspectionReport } from '../core/manifest.ts';
import { isReleaseId, isSha256, type ReleaseId, type Sha256 } from '../core/names.ts';
import { formatEvidence } from '../evidence/bundle.ts';
import { parseShortId } from '../formats/uuid.ts';
import type { GatewayDeps } from './deps.ts';
import { requireText } from './document-text.ts';
import { composeEvidence, proveEntry, readGenesisTexts, requireCheckpoint } from './evidence.ts';
import type { Caller, HeldFile, ReleaseView, ReportView, ReviewBundle } from './gateway.ts';
import { readDocument, readGovernance } from './governance.ts';
import { requireReader } from './identify.ts';
import { findIssued } from './issued.ts';
import type { ArtifactRow, ReleaseRow, StoreReader } from './ports.ts';
import { requireRelease } from './record.ts';
import { readDescription } from './rows.ts';
import { readClaim } from './source.ts';
import { askedFor, composeView, readIdentities } from './view.ts';

async function requireReadable(
  tx: StoreReader,
  caller: Caller,
  id: ReleaseId,
): Promise<ReleaseRow> {
  const release = await requireRelease(tx, id);
  requireReader(caller, release);
  return release;
}

export async function resolveRelease(deps: GatewayDeps, reference: string): Promise<ReleaseId> {
  if (isReleaseId(reference)) return reference;
  const found = await deps.store.read((tx) => tx.releaseByShortId(parseShortId(reference)));
  if (found !== undefined) return found.id;
  throw new CountersignError('not-found', `there is no release ${reference}`, {
    hint: 'countersign release list shows them',
  });
}

export function readRelease(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
): Promise<ReleaseView> {
  return deps.store.read(async (tx) =>
    composeView(deps, tx, await requireReadable(tx, caller, id)),
  );
}

export function listReleases(
  deps: GatewayDeps,
  caller: Caller,
  filter: { readonly project: string | null; readonly limit: number },
): Promise<readonly ReleaseView[]> {
  if (caller.kind !== 'person' && caller.kind !== 'project') {
    throw new CountersignError(
      caller.kind === 'anonymous' ? 'unauthenticated' : 'forbidden',
      'listing releases takes a person or a project credential',
    );
  }
  const project = caller.kind === 'project' ? caller.project : filter.project;
  return deps.store.read(async (tx) => {
    const rows = await tx.releases({
      limit: filter.limit,
      ...(project === null ? {} : { project }),
    });
    const governance = await readGovernance(tx);
    return Promise.all(rows.map((row) => composeView(deps, tx, row, governance)));
  });
}

export function readReport(deps: GatewayDeps, caller: Caller, id: ReleaseId): Promise<ReportView> {
  return deps.store.read(async (tx) => {
    const release = await requireReadable(tx, caller, id);
    if (release.report === null) {
      throw new CountersignError(
        'state-conflict',
        `release ${release.shortId} is ${release.state} and has no inspection report yet`,
      );
    }
    const report = await readDocument(tx, release.report, inspectionReport, 'inspection report');
    return {
      verdict: report.verdict,
      findings: report.findings,
      artifacts: report.artifacts,
      unread: report.unread,
      upstream: report.inputs.upstream,
      requestDifferences: report.inputs.requestDifferences,
    };
  });
}

const SIGNED_WITHIN_MS = 5000;
const SIGNED_POLL_MS = 25;

/** What was just recorded is provable once the publisher has signed over it: a moment's wait. */
async function untilSigned(deps: GatewayDeps): Promise<void> {
  const size = await deps.store.read((tx) => tx.ledgerSize());
  for (let waitedMs = 0; waitedMs < SIGNED_WITHIN_MS; waitedMs += SIGNED_POLL_MS) {
    const checkpoint = await deps.store.read((tx) => tx.latestCheckpoint());
    if (checkpoint !== undefined && checkpoint.size >= size) return;
    await deps.sleep(SIGNED_POLL_MS);
  }
}

/** Everything that an approver recomputes from. */
export async function readReview(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
): Promise<ReviewBundle> {
  await untilSigned(deps);
  const review = await deps.store.read(async (tx) => {
    const release = await requireReadable(tx, caller, id);
    if (release.manifest === null || release.report === null) {
      throw new CountersignError(
        'state-conflict',
        `release ${release.shortId} is ${release.state} and has no manifest yet`,
      );
    }
    const issued = await findIssued(tx, release);
    const then = (await readGovernance(tx)).asOf(issued.index);
    const checkpoint = await requireCheckpoint(tx);
    const proven = await proveEntry(deps.crypto, tx, 'manifest', issued, checkpoint);
    const genesis = await readGenesisTexts(tx);
    const { inputs } = await readDocument(
      tx,
      release.report,
      inspectionReport,
      'inspection report',
    );
    const summaries = [...new Set(inputs.baselines.map((one) => one.summary))];
    const claimed = await readClaim(tx, release.report);
    const bundle: ReviewBundle = {
      manifest: await requireText(tx, release.manifest),
      report: await requireText(tx, release.report),
      baselines: await Promise.all(summaries.map((one) => requireText(tx, one))),
      genesis: genesis.document,
      founding: genesis.founding,
      policyDocument: await requireText(tx, then.policyDigest),
      rosterDocument: await requireText(tx, then.rosterDigest),
      opening: askedFor(await tx.statements(id)).map((one) => one.statement),
      identities: await readIdentities(tx, id),
      checkpoint: checkpoint.note,
      proof: { entry: proven.entry, proof: proven.proof },
      ...(claimed === null ? {} : { attestations: claimed.attestations }),
      ...(claimed?.tree == null ? {} : { sourceTree: claimed.tree }),
    };
    return { bundle, root: claimed?.claim.expected.provenance?.trustedRoot ?? null };
  });
  if (review.root === null) return review.bundle;
  const { text } = await deps.sources.trustedRoot(review.root);
  return { ...review.bundle, trustedRoot: text };
}

export async function readEvidence(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
): Promise<string> {
  await untilSigned(deps);
  return deps.store.read(async (tx) => {
    const release = await requireReadable(tx, caller, id);
    return formatEvidence(await composeEvidence(deps.crypto, tx, release));
  });
}

/** A held file, or one that upstream shows and the report compares with. */
export async function readArtifact(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
  sha256: Sha256,
) {
  const row = await deps.store.read(async (tx) => {
    const release = await requireReadable(tx, caller, id);
    const held = (await tx.artifacts(id)).find((one) => one.sha256 === sha256);
    return held ?? (await findCompared(tx, release, sha256));
  });
  if (row === undefined || !isSha256(sha256)) {
    throw new CountersignError('not-found', `the release holds no artifact with sha256 ${sha256}`);
  }
  return { file: row.file, sizeBytes: row.sizeBytes, bytes: deps.blobs.read(row.sha256) };
}

/** What was fetched from upstream for this release's inspection, under this digest. */
async function findCompared(
  tx: StoreReader,
  release: ReleaseRow,
  sha256: Sha256,
): Promise<Pick<ArtifactRow, 'file' | 'sizeBytes' | 'sha256'> | undefined> {
  if (release.report === null) return undefined;
  const { inputs } = await readDocument(tx, release.report, inspectionReport, 'inspection report');
  const files = (inputs.newest ?? []).flatMap((one) => one.files);
  const found = files.find((one) => one.sha256 === sha256);
  if (found === undefined || found.sizeBytes === null) return undefined;
  return { file: found.file, sizeBytes: found.sizeBytes, sha256 };
}

/** Only the release's own credential sees what is held; everyone else sees the registry. */
export async function readHeld(
  deps: GatewayDeps,
  caller: Caller,
  ecosystemName: string,
  packageName: string,
): Promise<readonly HeldFile[]> {
  if (caller.kind !== 'upload') return [];
  const ecosystem = deps.ecosystems.get(ecosystemName);
  if (ecosystem === undefined) return [];
  const wanted = ecosystem.normalizeName(packageName);
  const rows = await deps.store.read((tx) => tx.artifacts(caller.release));
  return rows
    .filter(
      (one) => one.ecosystem === ecosystemName && ecosystem.normalizeName(one.package) === wanted,
    )
    .map((one) => ({
      ecosystem: one.ecosystem,
      package: one.package,
      version: one.version,
      kind: one.kind,
      file: one.file,
      sizeBytes: one.sizeBytes,
      sha256: one.sha256,
      sha512: one.sha512,
      sha1: one.sha1,
      metadata: readDescription(one).metadata,
    }));
}

/** Where the public reads a package, by the signed rules. */
export async function findUpstream(
  deps: GatewayDeps,
  ecosystemName: string,
  packageName: string,
): Promise<string | null> {
  const { policy } = await deps.store.read(readGovernance);
  for (const project of Object.values(policy.projects)) {
    const known = project.packages.find(
      (one) => one.ecosystem === ecosystemName && one.name === packageName,
    );
    const upstream = known === undefined ? undefined : policy.upstreams[known.upstream];
    if (upstream !== undefined) return upstream.readUrl ?? upstream.url;
  }
  return null;
}
