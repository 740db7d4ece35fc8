/**
 * The verifier: the same code for the publisher before it opens a credential, and for a stranger
 * on another machine. Pure: cryptography and the time come as arguments.
 */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import type { Trust } from '../core/genesis.ts';
import { type GovernanceBreak, whySilent } from '../core/governance-state.ts';
import {
  type InspectionReport,
  inspectionReport,
  type Manifest,
  manifest as manifestReader,
} from '../core/manifest.ts';
import type { Sha256 } from '../core/names.ts';
import type { ApprovalRule, Policy, PolicyDocument } from '../core/policy.ts';
import { decideUnderBoth, type QuorumAnswer } from '../core/quorum.ts';
import type { Roster } from '../core/roster.ts';
import { decodeCanonical } from '../formats/canonical.ts';
import { encodeUtf8, quoteForeign } from '../formats/text.ts';
import { openApproval } from './approval-statement.ts';
import type { Evidence } from './bundle.ts';
import { type Founded, verifyFounding } from './founding.ts';
import { type Timeline, verifyTimeline } from './governance.ts';
import { judgedAt, silenced, type VerifiedApproval } from './judgement.ts';
import { type ProvenLedger, requireEntry, verifyProofs, verifySeen } from './proofs.ts';
import {
  answerable,
  checkReport,
  checkTargets,
  policyOf,
  projectOf,
  ruleOf,
} from './release-rules.ts';
import { deriveRequesters, requireBreakGlass, requireRequesters } from './requesters.ts';
import { sha256Hex } from './signed-statement.ts';
import { checkGrade, checkSourceClaim } from './source-claim.ts';

export interface VerifyOptions {
  /** Null: nothing from elsewhere vouches for the genesis, so the answer is "consistent only". */
  readonly trust: Trust | null;
  /** RFC 3339 UTC. Approvals are judged at the "credential used" entry where there is one, and at
   * this time where there is none. */
  readonly now: string;
}

export interface Verification {
  readonly level: 'verified' | 'consistent-only';
  readonly genesis: Sha256;
  readonly manifest: Manifest;
  readonly manifestDigest: Sha256;
  readonly report: InspectionReport;
  readonly policy: Policy;
  readonly rule: ApprovalRule;
  readonly quorum: QuorumAnswer;
  readonly approvers: readonly {
    readonly person: string;
    readonly name: string;
    readonly key: string;
    readonly at: string;
    readonly client: string;
  }[];
  readonly ledger: {
    readonly origin: string;
    readonly size: number;
    readonly witnesses: readonly string[];
    readonly asOf: number;
  };
  /** Whether the credential was used, by the ledger's word, and when. */
  readonly used: string | null;
  /** Ledger entry of that use. */
  readonly usedIndex: number | null;
  readonly policyDigest: Sha256;
  /** The signed rules that the release was judged by. */
  readonly rules: PolicyDocument;
  readonly governance: {
    /** Changes of roster and rules since the founding, up to there. */
    readonly changes: number;
    /** Names them all. */
    readonly head: Sha256;
    /** Times at which the quorum was refounded from outside; named for ever after. */
    readonly breaks: readonly GovernanceBreak[];
    /** Why any two people sufficed for this release; null where they did not. */
    readonly breakGlass: string | null;
  };
}

/**
 * Verifies a bundle in seven steps. Returns what it proves; throws `evidence-invalid` (or the more
 * exact code of the part that failed) for the first thing that does not hold, `quorum-unmet` where
 * all signatures are good and too few.
 */
export async function verifyEvidence(
  crypto: VerifierCrypto,
  bundle: Evidence,
  options: VerifyOptions,
): Promise<Verification> {
  const founded = await verifyRoot(crypto, bundle, options.trust);
  const ledger = await verifyHistory(crypto, bundle, founded, options.trust);
  const timeline = await verifyGovernance(crypto, bundle, founded, ledger);
  const release = await readRelease(crypto, bundle, founded, timeline, ledger);
  const asking = await verifyRequesters(crypto, bundle, release, ledger);
  const approvals = await verifyApprovals(crypto, bundle, release, timeline, ledger);
  const judged = judgedAt(ledger, release, timeline, approvals, options.now);
  const rule = ruleOf(release.manifest, release.policy, judged.state.policy);
  const quorum = decideUnderBoth(
    {
      rule,
      roster: release.roster,
      manifest: release.digest,
      attempt: release.manifest.attempt,
      requesters: asking.requesters.map((one) => one.person),
      raise: asking.raise,
      ...answerable(release.report, release.policy),
      votes: approvals.map((one) => silenced(one, judged)),
      now: judged.at,
    },
    judged.state.roster,
  );
  requireQuorum(quorum);
  const counted = approvals.filter((one) => quorum.counted.includes(one.vote.approval.person));
  return {
    level: options.trust === null ? 'consistent-only' : 'verified',
    genesis: founded.digest,
    manifest: release.manifest,
    manifestDigest: release.digest,
    report: release.report,
    policy: release.policy,
    rule,
    quorum,
    approvers: counted.map(({ vote, signer, name }) => ({
      person: vote.approval.person,
      name,
      key: signer.fingerprint,
      at: vote.approval.issuedAt,
      client: vote.approval.client,
    })),
    ledger: {
      origin: ledger.checkpoint.origin,
      size: ledger.checkpoint.size,
      witnesses: ledger.witnesses,
      asOf: ledger.checkpoint.size - 1,
    },
    used: judged.used,
    usedIndex: judged.used === null ? null : judged.index,
    policyDigest: release.manifest.policy.document,
    rules: release.rules,
    governance: {
      changes: bundle.governance?.length ?? 0,
      head: timeline.headAt(judged.index),
      breaks: judged.state.breaks,
      breakGlass: release.manifest.breakGlass?.reason ?? null,
    },
  };
}

/** Step 1: the genesis is the one that the trust file names, and its founders signed it. */
async function verifyRoot(
  crypto: VerifierCrypto,
  bundle: Evidence,
  trust: Trust | null,
): Promise<Founded> {
  // The digest comes first: of a document that nobody trusts, no signature needs to be looked at.
  const digest = await sha256Hex(crypto, encodeUtf8(bundle.genesis.document));
  if (trust !== null && digest !== trust.genesis) {
    fail(
      `the evidence comes from another instance: the trust file names genesis ${trust.genesis}, found ${digest}`,
    );
  }
  const founded = await verifyFounding(crypto, bundle.genesis.document, bundle.genesis.founding);
  if (trust === null) return founded;
  if (founded.document.keys.ledger !== trust.ledger) {
    fail('the trust file names another ledger key than the genesis');
  }
  return founded;
}

/** Step 2: the log is the one that genesis names, and the genesis its first entry. */
async function verifyHistory(
  crypto: VerifierCrypto,
  bundle: Evidence,
  founded: Founded,
  trust: Trust | null,
): Promise<ProvenLedger> {
  const witnesses = trust?.witnesses ?? { quorum: 0, keys: [] };
  const ledger = await verifyProofs(crypto, bundle, founded.document.keys.ledger, witnesses);
  requireKnownNames(bundle, ledger);
  const first = requireEntry(ledger, 'genesis', 'genesis');
  if (first.index !== 0 || first.entry.digests['genesis'] !== founded.digest) {
    fail('the first entry of the ledger is not this genesis');
  }
  return ledger;
}

/** Step 3: from genesis to the roster and rules in force, each change agreed to. */
function verifyGovernance(
  crypto: VerifierCrypto,
  bundle: Evidence,
  founded: Founded,
  ledger: ProvenLedger,
): Promise<Timeline> {
  const steps = (bundle.governance ?? []).map((step, place) => {
    const name = `governance-${place + 1}`;
    const proven = ledger.entries.filter((one) => one.name === name);
    const [only] = proven;
    if (only === undefined || proven.length > 1) {
      fail(`expected one proven ledger entry ${name}, found ${proven.length}`);
    }
    return { ...step, index: only.index, entry: only.entry };
  });
  return verifyTimeline(crypto, founded, steps);
}

interface JudgedRelease {
  readonly manifest: Manifest;
  readonly digest: Sha256;
  readonly report: InspectionReport;
  readonly policy: Policy;
  readonly roster: Roster;
  readonly rules: PolicyDocument;
}

/** Step 4: manifest and report are what they say, under the rules in force when it was issued. */
async function readRelease(
  crypto: VerifierCrypto,
  bundle: Evidence,
  founded: Founded,
  timeline: Timeline,
  ledger: ProvenLedger,
): Promise<JudgedRelease> {
  const bytes = encodeUtf8(bundle.manifest);
  const digest = await sha256Hex(crypto, bytes);
  const manifest = manifestReader(decodeCanonical(bytes, { what: 'the manifest' }), 'manifest');
  const reportBytes = encodeUtf8(bundle.report);
  const report = inspectionReport(decodeCanonical(reportBytes, { what: 'the report' }), 'report');
  if (manifest.genesis !== founded.digest) fail('the manifest belongs to another instance');
  const issued = requireEntry(ledger, 'manifest', 'manifest-issued');
  if (issued.entry.digests['manifest'] !== digest) fail('the ledger has another manifest');
  const then = timeline.asOf(issued.index);
  if (manifest.policy.document !== then.policyDigest)
    fail('the manifest was made under rules that are not the signed ones');
  if (manifest.roster.document !== then.rosterDigest)
    fail('the manifest was made under a roster that is not the signed one');
  if ((await sha256Hex(crypto, reportBytes)) !== manifest.inspection.report) {
    fail('the inspection report is not the one that the manifest names');
  }
  const policy = policyOf(manifest, then.policy);
  checkTargets(manifest, then.policy);
  checkReport(manifest, report, policy);
  await checkSourceClaim(crypto, manifest, report, bundle.claims ?? [], then.policy);
  checkGrade(manifest, then.policy);
  return { manifest, digest, report, policy, roster: then.roster, rules: then.policy };
}

/** Nothing may stand in the bundle that nobody checks: a proof under a mistyped name is refused. */
function requireKnownNames(bundle: Evidence, ledger: ProvenLedger): void {
  const known = new Set([
    'genesis',
    'manifest',
    'credential-used',
    ...bundle.approvals.map((_, place) => `approval-${place + 1}`),
    ...(bundle.governance ?? []).map((_, place) => `governance-${place + 1}`),
    ...(bundle.identities ?? []).map((_, place) => `identity-${place + 1}`),
  ]);
  const unknown = ledger.entries.find((one) => !known.has(one.name));
  if (unknown !== undefined)
    fail(`expected no proof named ${quoteForeign(unknown.name)}, found one`);
}

/** Step 5: nobody who asked for the release was left out. */
async function verifyRequesters(
  crypto: VerifierCrypto,
  bundle: Evidence,
  { manifest, roster, rules }: JudgedRelease,
  ledger: ProvenLedger,
) {
  const derived = await deriveRequesters(
    crypto,
    { statements: bundle.statements, identities: bundle.identities ?? [] },
    { ...manifest, policy: manifest.policy.name },
    { roster, project: projectOf(manifest, rules) },
  );
  requireRequesters(manifest, derived);
  requireBreakGlass(manifest, bundle.statements);
  await requireRunsLogged(crypto, bundle, ledger);
  return derived;
}

/** Each CI run was in the log before the manifest that names it. */
async function requireRunsLogged(
  crypto: VerifierCrypto,
  bundle: Evidence,
  ledger: ProvenLedger,
): Promise<void> {
  const issued = requireEntry(ledger, 'manifest', 'manifest-issued');
  for (const [place, body] of (bundle.identities ?? []).entries()) {
    const { entry, index } = requireEntry(ledger, `identity-${place + 1}`, 'ci-identified');
    const digest = await sha256Hex(crypto, encodeUtf8(body));
    if (entry.digests['identity'] === digest && index < issued.index) continue;
    fail(`CI run ${place + 1} is not the one that the ledger identified before the manifest`);
  }
}

/** Step 6: each signature is good, recorded after the manifest, and saw this log. */
async function verifyApprovals(
  crypto: VerifierCrypto,
  bundle: Evidence,
  release: JudgedRelease,
  timeline: Timeline,
  ledger: ProvenLedger,
): Promise<readonly VerifiedApproval[]> {
  const issued = requireEntry(ledger, 'manifest', 'manifest-issued');
  const verified: VerifiedApproval[] = [];
  const seen = new Set<number>();
  for (const [place, signed] of bundle.approvals.entries()) {
    const opened = await openApproval(
      crypto,
      signed,
      release.manifest,
      release.digest,
      release.roster,
      release.rules.passkeys,
    );
    const recorded = requireEntry(ledger, `approval-${place + 1}`, 'approval-recorded');
    if (recorded.entry.digests['approval'] !== opened.digest || recorded.index <= issued.index) {
      fail(`approval ${place + 1} is not the one that the ledger recorded after the manifest`);
    }
    await verifySeen(crypto, bundle, ledger, opened.predicate.checkpointSeen);
    seen.add(opened.predicate.checkpointSeen.size);
    const { index, entry } = recorded;
    const { person } = opened.predicate;
    const { publicKey, keyFingerprint: fingerprint } = opened;
    const signer = { person, publicKey, fingerprint };
    const silent = whySilent(timeline.asOf(index), signer, entry.at);
    verified.push({
      vote: { approval: opened.predicate, order: index, silent },
      signer,
      name: opened.holder.kind === 'person' ? opened.holder.person.name : '',
    });
  }
  for (const { from } of bundle.consistency) {
    // each once, for a checkpoint that an approver saw; `delete` is false for all others
    if (!seen.delete(from)) fail(`nobody asked for the consistency proof from size ${from}`);
  }
  return verified;
}

function requireQuorum(quorum: QuorumAnswer): void {
  if (quorum.met) return;
  const ignored = quorum.ignored.map((one) => `${one.person} ${one.reason}`).join('; ');
  throw new CountersignError(
    'quorum-unmet',
    quorum.rejectedBy === null
      ? `the signatures do not make a quorum: missing ${quorum.missing.join('; ')}${ignored === '' ? '' : ` (not counted: ${ignored})`}`
      : `${quorum.rejectedBy} rejected the release`,
  );
}

/** One file that somebody has, by its digests. */
export interface FileInHand {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly sha512: string;
}

/** Which manifest artifact each file is. Throws `evidence-invalid` for a file that is none. */
export function matchFiles(manifest: Manifest, files: readonly FileInHand[]) {
  return files.map((file) => {
    const artifact = manifest.artifacts.find(
      (one) =>
        one.sha256 === file.sha256 &&
        one.sha512 === file.sha512 &&
        one.sizeBytes === file.sizeBytes,
    );
    if (artifact === undefined) {
      fail(
        `${file.path} (sha256 ${file.sha256}) is none of the ${manifest.artifacts.length} artifacts that were approved`,
      );
    }
    return { file, artifact };
  });
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
