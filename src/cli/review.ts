/**
 * What an approver's machine finds out by itself before anything is signed. The gateway's word is
 * taken for nothing that can be recomputed; every difference is named.
 */
import {
  type ArtifactSummary,
  artifactSummary,
  SUMMARY_MAX_BYTES,
} from '../core/artifact-summary.ts';
import { choosePolicy, requireRightPolicy } from '../core/choose-policy.ts';
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import type { Genesis, Trust } from '../core/genesis.ts';
import { ledgerEntry } from '../core/ledger-entry.ts';
import {
  type CheckpointSeen,
  type InspectionReport,
  inspectionReport,
  type Manifest,
  type ManifestArtifact,
  manifest as manifestReader,
} from '../core/manifest.ts';
import type { Sha256 } from '../core/names.ts';
import type { Policy, PolicyDocument } from '../core/policy.ts';
import type { Roster } from '../core/roster.ts';
import { verifyFounding } from '../evidence/founding.ts';
import { type GovernanceStep, verifyTimeline } from '../evidence/governance.ts';
import {
  type Answerable,
  answerable,
  checkReport,
  checkTargets,
  policyOf,
  projectOf,
} from '../evidence/release-rules.ts';
import { deriveRequesters, requireBreakGlass, requireRequesters } from '../evidence/requesters.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { encodeHex } from '../formats/base64.ts';
import { decodeCanonical, encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/text.ts';
import { shortId } from '../formats/uuid.ts';
import type { ReviewBundle } from '../gateway/gateway.ts';
import { openCheckpoint } from '../tlog/checkpoint.ts';
import { parseVerifierKey } from '../tlog/note-key.ts';
import { verifyTlogProof } from '../tlog/tlog-proof.ts';
import { describeLocal, type Ecosystems, inspectLocal, requireEcosystem } from './inspection.ts';
import { type ReviewedSource, readReviewedSource } from './review-source.ts';

/** Documents that fit together and to the trust file; no artifact was looked at yet. */
export interface ReadReview {
  readonly genesisDigest: Sha256;
  /** Roster and rules in force when the manifest was issued. */
  readonly roster: Roster;
  readonly rules: PolicyDocument;
  readonly manifest: Manifest;
  readonly manifestDigest: Sha256;
  readonly report: InspectionReport;
  /** Summaries of the version before, and of what upstream has and nobody approved where that was
   * read here; those whose digests the report names are compared with. */
  readonly baselines: readonly ArtifactSummary[];
  /** Tree and attestations that the source claim of the report names. */
  readonly source: ReviewedSource;
  readonly policy: Policy;
  readonly checkpointSeen: CheckpointSeen;
  readonly answerable: Answerable;
  /** Whether a trust file vouched for the genesis. */
  readonly trusted: boolean;
}

export interface ReviewQuestion {
  readonly crypto: VerifierCrypto;
  readonly bundle: ReviewBundle;
  /** Every change of roster and rules since the founding. */
  readonly changes: readonly GovernanceStep[];
  /** What the person typed: id or short id. */
  readonly reference: string;
  readonly trust: Trust | null;
}

/** Collects what differs, so that one run names all of it. */
class Differences {
  readonly #found: string[] = [];

  add(what: string, message: string): void {
    this.#found.push(`${what}: ${message}`);
  }

  expect(what: string, recomputed: string, told: string): void {
    if (recomputed !== told) this.add(what, `here it is ${recomputed}, the gateway says ${told}`);
  }

  /** Runs a check whose refusal is a difference. */
  async attempt(what: string, check: () => unknown): Promise<void> {
    try {
      await check();
    } catch (error) {
      if (!isCountersignError(error)) throw error;
      this.add(what, error.message);
    }
  }

  /** Throws `recompute-differs` naming each difference. */
  end(): void {
    if (this.#found.length === 0) return;
    throw new CountersignError('recompute-differs', this.#found.join('; '), {
      hint: 'sign nothing, and tell the others: gateway and this machine do not see the same release',
    });
  }
}

/**
 * Step 1: the documents, from the trust file down. Throws `evidence-invalid` for another instance
 * and `recompute-differs` for everything that does not fit.
 */
export async function readReview(question: ReviewQuestion): Promise<ReadReview> {
  const { crypto, bundle, changes, reference, trust } = question;
  const founded = await verifyFounding(crypto, bundle.genesis, bundle.founding);
  requireTrusted(trust, founded.digest, founded.document.keys.ledger);
  const timeline = await verifyTimeline(crypto, founded, changes);
  const bytes = encodeUtf8(bundle.manifest);
  const manifest = manifestReader(decodeCanonical(bytes, { what: 'the manifest' }), 'manifest');
  const manifestDigest = await sha256Hex(crypto, bytes);
  const reportBytes = encodeUtf8(bundle.report);
  const report = inspectionReport(decodeCanonical(reportBytes, { what: 'the report' }), 'report');
  const baselines = bundle.baselines.map((text) => {
    const what = 'the summary of the version before';
    const read = decodeCanonical(encodeUtf8(text), { what, maxBytes: SUMMARY_MAX_BYTES });
    return artifactSummary(read, what);
  });
  const differences = new Differences();
  if (reference !== manifest.release && reference !== shortId(manifest.release)) {
    differences.add('release', `asked for ${reference}, the manifest is of ${manifest.release}`);
  }
  const logged = await requireLogged(crypto, bundle, founded.document, manifestDigest);
  const { policy: rules, policyDigest, roster, rosterDigest } = timeline.asOf(logged.issued);
  differences.expect('genesis', founded.digest, manifest.genesis);
  const digestOf = (text: string) => sha256Hex(crypto, encodeUtf8(text));
  differences.expect('signed rules', policyDigest, manifest.policy.document);
  differences.expect('signed rules', policyDigest, await digestOf(bundle.policyDocument));
  differences.expect('roster', rosterDigest, manifest.roster.document);
  differences.expect('roster', rosterDigest, await digestOf(bundle.rosterDocument));
  differences.expect('report', await sha256Hex(crypto, reportBytes), manifest.inspection.report);
  await differences.attempt('requesters', async () =>
    requireRequesters(
      manifest,
      await deriveRequesters(
        crypto,
        { statements: bundle.opening, identities: bundle.identities },
        { ...manifest, policy: manifest.policy.name },
        { roster, project: projectOf(manifest, rules) },
      ),
    ),
  );
  await differences.attempt('emergency', () => requireBreakGlass(manifest, bundle.opening));
  const policy = policyOf(manifest, rules);
  await differences.attempt('policy', () => requireFittingPolicy(manifest, rules));
  await differences.attempt('targets', () => checkTargets(manifest, rules));
  await differences.attempt('report', () => checkReport(manifest, report, policy));
  const source = await readReviewedSource(crypto, bundle, manifest, report, rules);
  await differences.attempt('source', source.check);
  compareDeclared(manifest, report, rules, differences);
  differences.end();
  return {
    genesisDigest: founded.digest,
    roster,
    rules,
    manifest,
    manifestDigest,
    report,
    baselines,
    source,
    policy,
    checkpointSeen: logged.seen,
    answerable: answerable(report, policy),
    trusted: trust !== null,
  };
}

function requireTrusted(trust: Trust | null, genesis: Sha256, ledger: string): void {
  if (trust === null || (trust.genesis === genesis && trust.ledger === ledger)) return;
  throw new CountersignError(
    'evidence-invalid',
    `this gateway is another instance: the trust file names genesis ${trust.genesis}, found ${genesis}`,
    { hint: 'check --server and --trust; sign nothing' },
  );
}

/** The policy that the gateway applied is the one that the signed rules give this tag. */
function requireFittingPolicy(manifest: Manifest, rules: PolicyDocument): void {
  const project = rules.projects[manifest.project];
  if (project === undefined) return; // policyOf has thrown before
  const chosen = choosePolicy(rules, project, manifest.tag, manifest.policy.name);
  requireRightPolicy(rules, project, manifest.tag, chosen);
  if (chosen.version === manifest.version) return;
  throw new CountersignError(
    'recompute-differs',
    `tag ${manifest.tag} is version ${chosen.version}, the manifest says ${manifest.version}`,
  );
}

/** Upstreams named and not used, and files that the signed rules do not ask for in this number. */
function compareDeclared(
  manifest: Manifest,
  report: InspectionReport,
  rules: PolicyDocument,
  differences: Differences,
): void {
  const packages = rules.projects[manifest.project]?.packages ?? [];
  const find = (one: { readonly ecosystem: string; readonly package: string }) =>
    packages.find((item) => item.ecosystem === one.ecosystem && item.name === one.package);
  const used = new Set(manifest.artifacts.map((one) => find(one)?.upstream));
  for (const one of manifest.upstreams) {
    if (!used.has(one.name)) differences.add('targets', `${one.name} is named and not used`);
  }
  for (const one of report.inputs.declared) {
    const held = manifest.artifacts.filter(
      (file) =>
        file.ecosystem === one.ecosystem && file.package === one.package && file.kind === one.kind,
    ).length;
    differences.expect(
      `files of ${one.package}`,
      `${held} ${one.kind}`,
      `${one.count} ${one.kind}`,
    );
    const signed = find(one)?.files[one.kind];
    differences.expect(
      `rules of ${one.package}`,
      `${signed ?? 0} ${one.kind}`,
      `${one.count} ${one.kind}`,
    );
  }
}

/** The newest checkpoint is the log's, and the manifest is in it. */
async function requireLogged(
  crypto: VerifierCrypto,
  bundle: ReviewBundle,
  genesis: Genesis,
  manifestDigest: Sha256,
): Promise<{ readonly seen: CheckpointSeen; readonly issued: number }> {
  const logKey = await parseVerifierKey(crypto, genesis.keys.ledger);
  const checkpoint = await openCheckpoint(crypto, bundle.checkpoint, logKey);
  const entryBytes = encodeUtf8(bundle.proof.entry);
  const proven = await verifyTlogProof(crypto, bundle.proof.proof, entryBytes, logKey);
  const entry = ledgerEntry(decodeCanonical(entryBytes, { what: 'the ledger entry' }), 'entry');
  const differences = new Differences();
  differences.expect('ledger', checkpoint.note, proven.checkpoint.note);
  differences.expect('ledger entry', 'manifest-issued', entry.kind);
  differences.expect('ledger entry', manifestDigest, entry.digests['manifest'] ?? 'nothing');
  differences.end();
  const { origin, size, root } = checkpoint;
  const seen = { origin, size, root: encodeHex(root) as Sha256 };
  return { seen, issued: proven.index };
}

/** An artifact as it was fetched: where it lies here, and its digests as counted here. */
export interface FetchedArtifact {
  readonly location: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly sha512: string;
}

/**
 * Step 2: the bytes. `fetched` holds what came for each artifact of the manifest, in its order.
 * Returns what each artifact holds, for the difference that people read.
 * Throws `recompute-differs` naming each difference of digests, derived metadata, inspection report
 * and dist-tags.
 */
export async function recompute(
  crypto: VerifierCrypto,
  review: ReadReview,
  fetched: readonly FetchedArtifact[],
  ecosystems: Ecosystems,
): Promise<readonly ArtifactSummary[]> {
  const { manifest, report, policy, baselines, source } = review;
  const differences = new Differences();
  for (const [place, artifact] of manifest.artifacts.entries()) {
    compareBytes(artifact, fetched[place], differences);
  }
  // What has other bytes is not looked into.
  differences.end();
  const subjects = manifest.artifacts.map((artifact, place) => ({
    ...artifact,
    location: fetched[place]?.location ?? '',
  }));
  for (const { location, ...artifact } of subjects) {
    const rules = requireEcosystem(ecosystems, artifact.ecosystem);
    const answer = await describeLocal(rules, artifact.file, location);
    if (!answer.ok) {
      differences.add(artifact.file, answer.reason);
      continue;
    }
    const { description } = answer;
    const metadata = await sha256Hex(crypto, encodeCanonical(description.metadata));
    differences.expect(`${artifact.file} package`, description.package, artifact.package);
    differences.expect(`${artifact.file} version`, description.version, artifact.version);
    differences.expect(`${artifact.file} kind`, description.kind, artifact.kind);
    differences.expect(`${artifact.file} metadata`, metadata, artifact.metadata);
  }
  for (const problem of source.recompute(manifest)) differences.add('provenance', problem);
  const local = await inspectLocal(report.inputs, policy, subjects, baselines, source.tree);
  const again = local.report;
  differences.expect('rule set', again.ruleSet, report.ruleSet);
  const [here, told] = [encodeCanonical(again), encodeCanonical(report)].map((one) =>
    decodeUtf8(one),
  );
  if (here !== told) differences.add('inspection', 'the report made here is another one');
  compareDistTags(manifest, report, ecosystems, differences);
  differences.end();
  return local.summaries;
}

function compareBytes(
  artifact: ManifestArtifact,
  fetched: FetchedArtifact | undefined,
  differences: Differences,
): void {
  const { file } = artifact;
  differences.expect(
    `${file} size`,
    `${fetched?.sizeBytes ?? 0} bytes`,
    `${artifact.sizeBytes} bytes`,
  );
  differences.expect(`${file} sha256`, fetched?.sha256 ?? 'nothing', artifact.sha256);
  differences.expect(`${file} sha512`, fetched?.sha512 ?? 'nothing', artifact.sha512);
}

/** Each package with tags moves one: the release's, or `latest`; from where the report saw it. */
function compareDistTags(
  manifest: Manifest,
  report: InspectionReport,
  ecosystems: Ecosystems,
  differences: Differences,
): void {
  const tag = report.inputs.distTag ?? 'latest';
  const expected = new Set<string>();
  for (const { ecosystem, package: name, version } of manifest.artifacts) {
    if (!requireEcosystem(ecosystems, ecosystem).hasDistTags) continue;
    const seen = report.inputs.upstream.find(
      (one) => one.ecosystem === ecosystem && one.package === name,
    );
    const from =
      seen !== undefined && Object.hasOwn(seen.distTags, tag) ? seen.distTags[tag] : null;
    expected.add(`${tag} of ${name} (${ecosystem}) from ${from ?? 'nothing'} to ${version}`);
  }
  const told = manifest.distTags.map(
    (one) =>
      `${one.tag} of ${one.package} (${one.ecosystem}) from ${one.from ?? 'nothing'} to ${one.to}`,
  );
  differences.expect('dist-tags', [...expected].sort().join(', '), told.sort().join(', '));
}
