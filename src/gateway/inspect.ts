/**
 * inspect: the packed bytes are read, a report is written, and where it lets the release pass, the
 * manifest is composed: what people will sign.
 */
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import type { Finding, Verdict } from '../core/finding.ts';
import type {
  InspectionInputs,
  InspectionReport,
  Manifest,
  UpstreamSummary,
} from '../core/manifest.ts';
import type { ReleaseId, Sha256 } from '../core/names.ts';
import type { Policy, Project, Upstream } from '../core/policy.ts';
import type { TagTarget } from '../core/source-claim.ts';
import type { SourceTree } from '../core/source-tree.ts';
import { findingsOf, manifestBaselines, verdictUnder } from '../evidence/release-rules.ts';
import { type Asking, breakGlassOf } from '../evidence/requesters.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { type Baseline, readBaseline } from './baseline.ts';
import { type GatewayDeps, requireEcosystem } from './deps.ts';
import {
  canonicalDocument,
  type Governance,
  readGovernance,
  requirePolicy,
  requireProject,
} from './governance.ts';
import { fetchNewest } from './newest-upstream.ts';
import { notify } from './notices.ts';
import type { ArtifactRow, Inspection, ReleaseRow } from './ports.ts';
import { askTimes } from './publication-times.ts';
import {
  addSeconds,
  appendEntry,
  composeEntry,
  enqueue,
  requireRelease,
  setReason,
  transition,
} from './record.ts';
import { signedUpstream, uniquePackages, upstreamFor, wantedTag } from './release-packages.ts';
import { readDescription, readDifferences } from './rows.ts';
import { gatherSource, gradeAndProof, readOpenedTarget, sourceDocuments } from './source.ts';
import { askedFor, deriveAsking, expiryOf, whoAsked } from './view.ts';

/** Everything of one inspection, read in one snapshot. */
interface Subject {
  readonly governance: Governance;
  readonly release: ReleaseRow;
  readonly policy: Policy;
  readonly project: Project;
  readonly artifacts: readonly ArtifactRow[];
  /** The last version of each package that was approved here and published. */
  readonly baseline: Baseline;
  /** Where the tag was when the release was opened. */
  readonly openedTarget: TagTarget | null;
  /** Digest of the identity of the CI run that asked, where one did. */
  readonly identity: Sha256 | null;
}

/** The job. Throws only what is worth a repetition: an upstream that could not be asked. */
export async function inspectRelease(deps: GatewayDeps, id: ReleaseId): Promise<void> {
  const subject = await begin(deps, id);
  if (subject === null) return;
  const { inputs, tree, newest } = await gatherInputs(deps, subject).catch((error: unknown) =>
    keepWaiting(deps, id, error),
  );
  const inspection = await deps.inspector.inspect(
    inputs,
    subject.policy,
    subject.artifacts.map((one) => ({ ...one, location: deps.blobs.locate(one.sha256) })),
    [...subject.baseline.summaries, ...newest],
    tree,
  );
  const { report } = inspection;
  const verdict = verdictUnder(report, subject.policy);
  deps.log.info('release-inspected', { release: id, verdict });
  switch (verdict) {
    case 'indeterminate':
      return couldNotTell(deps, id, report);
    case 'reject':
      return rejectRelease(deps, id, report);
    case 'pass':
    case 'hold':
      return issueManifest(deps, subject, inspection, verdict, { tree, newest });
  }
}

/** Step 1: sealed becomes inspecting; null where there is nothing to do any more. */
async function begin(deps: GatewayDeps, id: ReleaseId): Promise<Subject | null> {
  return deps.store.transact(async (tx) => {
    const found = await requireRelease(tx, id);
    if (found.state !== 'sealed' && found.state !== 'inspecting') return null;
    const release =
      found.state === 'sealed'
        ? await transition(tx, deps, found, { event: 'inspect', actor: 'worker' })
        : found;
    const governance = await readGovernance(tx);
    const artifacts = [...(await tx.artifacts(id))].sort((a, b) => (a.file < b.file ? -1 : 1));
    return {
      governance,
      release,
      policy: requirePolicy(governance.policy, release.policyName),
      project: requireProject(governance.policy, release.project),
      artifacts,
      baseline: await readBaseline(tx, deps.ecosystems, uniquePackages(artifacts)),
      openedTarget: await readOpenedTarget(tx, id),
      identity: (await whoAsked(deps, tx, governance, release))?.runs[0]?.identity ?? null,
    };
  });
}

/** What the inputs name by digest and is to be kept. */
interface Named {
  readonly tree: SourceTree | null;
  /** What the unapproved versions upstream hold. */
  readonly newest: readonly ArtifactSummary[];
}

/** Step 2: every outside input, named in the report. */
async function gatherInputs(
  deps: GatewayDeps,
  subject: Subject,
): Promise<Named & { readonly inputs: InspectionInputs }> {
  const { governance, release, project, artifacts } = subject;
  const packages = uniquePackages(artifacts);
  const upstream: UpstreamSummary[] = [];
  for (const one of packages) {
    const { config } = upstreamFor(governance.policy, project, one.ecosystem, one.package);
    const summary = await deps.registry(config).summarize(one.package, one.version);
    upstream.push({ ...summary, ecosystem: one.ecosystem, package: one.package });
  }
  const { source, tree } = await gatherSource(deps, subject);
  const upstreamOf = (ecosystem: string, name: string) =>
    signedUpstream(governance.policy, ecosystem, name);
  const { approved } = subject.baseline;
  const { policy } = subject;
  const newest = await fetchNewest(deps, { upstream, approved, policy, upstreamOf });
  const inputs: InspectionInputs = {
    project: release.project,
    repository: project.repository,
    tag: release.tag,
    version: release.version,
    commit: release.commit,
    opened: release.opened,
    distTag: wantedTag(release, artifacts),
    policy: { name: release.policyName, document: governance.policyDigest },
    source,
    declared: release.declared.map((one) => ({ ...one })),
    upstream,
    times: await askTimes(deps, {
      packages,
      artifacts,
      baseline: subject.baseline,
      upstreamOf,
    }),
    ...(newest.versions.length === 0 ? {} : { newest: newest.versions }),
    baselines: subject.baseline.files,
    approved,
    requestDifferences: artifacts
      .map((one) => ({ file: one.file, differences: readDifferences(one) }))
      .filter((one) => one.differences.length > 0),
  };
  return { inputs, tree, newest: newest.summaries };
}

/** Says why nothing happens yet, and lets the job be repeated. */
async function keepWaiting(deps: GatewayDeps, id: ReleaseId, error: unknown): Promise<never> {
  const message = error instanceof Error ? error.message : String(error);
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    if (release.state !== 'inspecting') return;
    await setReason(tx, release, `inspection waits: ${message}`.slice(0, 500));
  });
  throw error;
}

/** Nobody can say: it stays in inspecting, may be run again, and can never be acknowledged. */
async function couldNotTell(
  deps: GatewayDeps,
  id: ReleaseId,
  report: InspectionReport,
): Promise<void> {
  const unread = [...report.unread, ...report.artifacts.flatMap((one) => one.unread)];
  const first = unread[0];
  const stored = await canonicalDocument(deps.crypto, report);
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    if (release.state !== 'inspecting') return;
    await tx.putDocument(stored.digest, 'report', stored.text);
    await setReason(
      tx,
      { ...release, report: stored.digest },
      `inspection could not tell: ${first?.path ?? 'something'}: ${first?.reason ?? 'was not read'}`,
    );
  });
}

async function rejectRelease(
  deps: GatewayDeps,
  id: ReleaseId,
  report: InspectionReport,
): Promise<void> {
  const stored = await canonicalDocument(deps.crypto, report);
  const rejecting = findingsOf(report).filter((one) => one.effect === 'reject');
  const [first] = rejecting;
  const more = rejecting.length > 1 ? ` (and ${rejecting.length - 1} more)` : '';
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    if (release.state !== 'inspecting') return;
    await tx.putDocument(stored.digest, 'report', stored.text);
    await transition(tx, deps, release, {
      event: 'fail-inspection',
      actor: 'worker',
      reason:
        first === undefined
          ? 'inspection refused'
          : `${first.rule}: ${first.message}${placeOf(first)}${more}`.slice(0, 500),
      patch: { report: stored.digest },
      digests: { report: stored.digest },
    });
    await notify(tx, deps, id, 'release.rejected');
  });
}

/** `, in package.tgz!package/.env, line 3`; empty for a finding about the release. */
function placeOf({ path, line }: Finding): string {
  if (path === null) return '';
  return `, in ${path}${line === null ? '' : `, line ${line}`}`;
}

/** Step 3: the manifest, once somebody stands behind the release. */
async function issueManifest(
  deps: GatewayDeps,
  subject: Subject,
  { report, summaries }: Inspection,
  verdict: Exclude<Verdict, 'reject' | 'indeterminate'>,
  { tree, newest }: Named,
): Promise<void> {
  const storedReport = await canonicalDocument(deps.crypto, report);
  const storedSummaries = await Promise.all(
    [...summaries, ...newest].map((one) => canonicalDocument(deps.crypto, one)),
  );
  const storedSource = await sourceDocuments(deps.crypto, report.inputs.source, tree);
  const { id } = subject.release;
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    if (release.state !== 'inspecting') return;
    const now = await readGovernance(tx);
    const { policyDigest, rosterDigest } = subject.governance;
    if (now.policyDigest !== policyDigest || now.rosterDigest !== rosterDigest) {
      throw new CountersignError('state-conflict', 'roster or rules changed during inspection');
    }
    await tx.putDocument(storedReport.digest, 'report', storedReport.text);
    for (const one of storedSource) await tx.putDocument(one.digest, 'source', one.text);
    for (const one of storedSummaries) await tx.putDocument(one.digest, 'summary', one.text);
    const { governance } = subject;
    const asking = await deriveAsking(deps.crypto, tx, governance, release).catch(
      (error: unknown) => {
        if (isCountersignError(error) && error.code === 'not-adopted') return null;
        throw error;
      },
    );
    if (asking === null) {
      await setReason(
        tx,
        { ...release, report: storedReport.digest },
        'a bot opened this release: it waits until somebody adopts it',
      );
      return;
    }
    const inspection = { report: storedReport.digest, verdict, ruleSet: report.ruleSet };
    const composed = await composeManifest(deps, subject, report.inputs, inspection, asking);
    const statements = askedFor(await tx.statements(id)).map((one) => one.statement);
    const reason = breakGlassOf(statements, id);
    const manifest = reason === null ? composed : { ...composed, breakGlass: { reason } };
    const stored = await canonicalDocument(deps.crypto, manifest);
    await tx.putDocument(stored.digest, 'manifest', stored.text);
    await appendEntry(
      tx,
      deps.crypto,
      composeEntry(deps.clock.now(), {
        kind: 'manifest-issued',
        release: id,
        ids: { attempt: `${release.attempt}`, verdict },
        digests: { manifest: stored.digest, report: storedReport.digest },
      }),
    );
    const next = await transition(tx, deps, release, {
      event: 'pass-inspection',
      actor: 'worker',
      patch: { manifest: stored.digest, report: storedReport.digest },
      digests: { manifest: stored.digest },
    });
    await notify(tx, deps, id, 'release.awaiting-approval');
    await enqueue(tx, deps, {
      kind: 'expire',
      release: id,
      key: `expire:${id}`,
      runAt: addSeconds(expiryOf(next, subject.policy.approvals.expiresSeconds), 1),
    });
  });
}

/** The canonical description of what will happen. Pure but for hashing. */
async function composeManifest(
  deps: Pick<GatewayDeps, 'crypto' | 'ecosystems'>,
  subject: Subject,
  inputs: InspectionInputs,
  inspection: {
    readonly report: Sha256;
    readonly verdict: 'pass' | 'hold';
    readonly ruleSet: string;
  },
  { requesters, runs }: Asking,
): Promise<Manifest> {
  const { governance, release, project, artifacts } = subject;
  const upstreams = new Map<string, Upstream>();
  for (const one of artifacts) {
    const { name, config } = upstreamFor(governance.policy, project, one.ecosystem, one.package);
    upstreams.set(name, config);
  }
  const distTags = uniquePackages(artifacts)
    .filter((one) => requireEcosystem(deps, one.ecosystem).hasDistTags)
    .map((one) => {
      const tag = inputs.distTag ?? 'latest';
      const summary = inputs.upstream.find(
        (up) => up.ecosystem === one.ecosystem && up.package === one.package,
      );
      return {
        ecosystem: one.ecosystem,
        package: one.package,
        tag,
        from: summary?.distTags[tag] ?? null,
        to: one.version,
      };
    });
  return {
    schema: 'countersign/manifest/v1',
    genesis: governance.genesisDigest,
    release: release.id,
    project: release.project,
    repository: project.repository,
    tag: release.tag,
    version: release.version,
    commit: release.commit,
    attempt: release.attempt,
    action: 'publish',
    artifacts: await Promise.all(
      artifacts.map(async (one) => ({
        ecosystem: one.ecosystem,
        package: one.package,
        version: one.version,
        kind: one.kind,
        file: one.file,
        sizeBytes: one.sizeBytes,
        sha256: one.sha256,
        sha512: one.sha512,
        metadata: await sha256Hex(deps.crypto, encodeCanonical(readDescription(one).metadata)),
      })),
    ),
    upstreams: [...upstreams].map(([name, config]) => ({
      name,
      ecosystem: config.ecosystem,
      url: config.url,
      mode: config.mode,
    })),
    distTags,
    baselines: manifestBaselines(inputs),
    source: await gradeAndProof(deps.crypto, inputs.source),
    requesters,
    inspection,
    policy: {
      name: release.policyName,
      version: governance.policy.version,
      document: governance.policyDigest,
    },
    roster: { version: governance.roster.version, document: governance.rosterDigest },
    ...(runs.length === 0 ? {} : { ci: runs }),
  };
}
