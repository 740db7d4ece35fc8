/**
 * What must hold between a manifest, its report, the signed rules and the source claim. Pure: it
 * checks digests and consistency, and that the grade follows from the claim. Whether an attestation
 * verifies takes the libraries of Sigstore; the publisher and an approver's terminal ask them.
 */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import type { InspectionReport, Manifest } from '../core/manifest.ts';
import type { Sha256 } from '../core/names.ts';
import { type PolicyDocument, SOURCE_GRADES } from '../core/policy.ts';
import type { SourceClaim } from '../core/source-claim.ts';
import { expectationOf, gradeOf } from '../core/source-grade.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/text.ts';
import type { ClaimEvidence } from './bundle.ts';
import { sha256Hex } from './signed-statement.ts';

/**
 * Returns the claim, or null where the source is asserted only. Throws `evidence-invalid` where the
 * manifest says more than the claim shows, or the claim is about something else.
 */
export async function checkSourceClaim(
  crypto: VerifierCrypto,
  manifest: Manifest,
  report: InspectionReport,
  claims: readonly ClaimEvidence[],
  rules: PolicyDocument,
): Promise<SourceClaim | null> {
  const { claim } = report.inputs.source;
  const { grade, proof } = manifest.source;
  if (claim === undefined) {
    if (claims.length > 0) fail('expected no source claim, found one');
    if (proof !== null || grade !== 'asserted') {
      fail(`the manifest says source grade ${grade}, and no claim shows it`);
    }
    return null;
  }
  const [given, ...others] = claims;
  if (given === undefined || others.length > 0) {
    fail(`expected the source claim that the manifest names, found ${claims.length}`);
  }
  const text = decodeUtf8(encodeCanonical(claim));
  if (given.document !== text) fail('the source claim is not the one of the inspection report');
  if ((await sha256Hex(crypto, encodeUtf8(text))) !== proof) {
    fail('the source claim is not the one that the manifest names');
  }
  checkSubject(manifest, report, claim, rules);
  const derived = gradeOf(claim);
  if (derived !== grade) {
    fail(`the manifest says source grade ${grade}, its claim shows ${derived}`);
  }
  await checkAttestations(crypto, claim, given.attestations);
  return claim;
}

/** Throws `evidence-invalid` where the rules ask for more than the manifest has, and may not be
 * waived. */
export function checkGrade(manifest: Manifest, rules: PolicyDocument): void {
  const policy = rules.policies[manifest.policy.name];
  if (policy === undefined || policy.waivable.includes('source-grade')) return;
  const { grade } = manifest.source;
  if (SOURCE_GRADES.indexOf(grade) >= SOURCE_GRADES.indexOf(policy.source)) return;
  fail(`policy ${manifest.policy.name} asks for source grade ${policy.source}, found ${grade}`);
}

/** The claim is about this release, these files and this project's signed rules. */
function checkSubject(
  manifest: Manifest,
  report: InspectionReport,
  claim: SourceClaim,
  rules: PolicyDocument,
): void {
  const keys = ['project', 'tag', 'version', 'commit'] as const;
  const differs = keys.find((key) => claim[key] !== manifest[key]);
  if (differs !== undefined) {
    fail(
      `the source claim is about another ${differs}: expected ${manifest[differs] ?? 'none'}, found ${claim[differs] ?? 'none'}`,
    );
  }
  if (claim.opened !== report.inputs.opened) fail('the source claim is about another opening');
  if (claim.identity !== null && !namesRun(manifest, claim.identity)) {
    fail('the source claim names a CI run that the manifest does not');
  }
  const project = Object.hasOwn(rules.projects, claim.project)
    ? rules.projects[claim.project]
    : undefined;
  if (project === undefined) fail(`the signed rules have no project ${claim.project}`);
  if (canonical(expectationOf(project)) !== canonical(claim.expected)) {
    fail('the source claim was held against other rules than the signed ones');
  }
  const [expected, found] = [manifest.artifacts, claim.artifacts].map((list) =>
    list
      .map((one) => [one.ecosystem, one.package, one.file, one.sha256].join(' '))
      .sort()
      .join(', '),
  );
  if (expected !== found) fail('the source claim is about other files than the manifest');
}

/** The manifest's runs were derived from the identities, so that what it names was verified. */
function namesRun(manifest: Manifest, identity: Sha256): boolean {
  return manifest.ci?.some((one) => one.identity === identity) === true;
}

/** Every attestation that the claim names is there, and none beside them. */
async function checkAttestations(
  crypto: VerifierCrypto,
  claim: SourceClaim,
  texts: readonly string[],
): Promise<void> {
  const there = await Promise.all(texts.map((one) => sha256Hex(crypto, encodeUtf8(one))));
  const named = claim.artifacts.flatMap((one) => one.attestations.map(({ digest }) => digest));
  if (canonical([...new Set(named)].sort()) !== canonical([...there].sort())) {
    fail('the attestations are not those that the source claim names');
  }
  const isJudged = claim.artifacts.every((artifact) =>
    artifact.attestations.every(({ says, problem }) => (says === null) !== (problem === null)),
  );
  if (!isJudged) fail('the source claim neither believes nor refuses an attestation');
  if ((named.length === 0) !== (claim.trustedRoot === null)) {
    fail('the source claim does not say which trusted root its attestations were verified with');
  }
}

function canonical(value: unknown): string {
  return decodeUtf8(encodeCanonical(value));
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
