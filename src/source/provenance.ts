/**
 * Verifies one attestation offline and says what it says. Five steps: the form, the signature under
 * the trusted root, the statement's one subject, what the certificate names, and that statement and
 * certificate agree. Whether that is who should have built the release is decided elsewhere.
 */
import { type Bundle, bundleFromJSON, isBundleWithDsseEnvelope } from '@sigstore/bundle';
import { type TrustMaterial, toSignedEntity, Verifier } from '@sigstore/verify';
import { CountersignError } from '../core/errors.ts';
import type { Provenance } from '../core/source-claim.ts';
import type { JsonObject, JsonValue } from '../formats/canonical.ts';
import { bundleOfPep740 } from '../formats/pep740.ts';
import type { AttestationText, AttestedArtifact } from '../gateway/ports.ts';
import { type CertificateClaims, claimsOf, workflowPath } from './certificate-claims.ts';

const ATTESTATION_MAX_BYTES = 1024 * 1024;
const STATEMENTS = ['https://in-toto.io/Statement/v1', 'https://in-toto.io/Statement/v0.1'];
const SLSA = 'https://slsa.dev/provenance/v1';
/** PEP 740 leaves the host to the index. */
const PUBLISH = /^https:\/\/docs\.[a-z0-9.-]+\/attestations\/publish\/v1$/;

/**
 * What a good attestation of `artifact` says. Throws `provenance-invalid` for every other: it does
 * not verify, is about other bytes, or of a kind that says nothing of an origin.
 */
export function verifyProvenance(
  trust: TrustMaterial,
  attestation: AttestationText,
  artifact: AttestedArtifact,
): Provenance {
  const bundle = readBundle(attestation, artifact.file);
  const signer = verifySignature(trust, bundle, artifact.file);
  const statement = readStatement(bundle, artifact.file);
  requireSubject(statement, attestation.form, artifact);
  const predicateType = requirePredicate(statement, attestation.form, artifact.file);
  if (predicateType === SLSA) requireAgreement(statement, signer.claims, artifact.file);
  const { claims } = signer;
  return {
    predicateType,
    issuer: signer.issuer,
    identity: signer.identity,
    repository: claims.repository,
    repositoryId: claims.repositoryId,
    ownerId: claims.ownerId,
    workflow: workflowPath(claims),
    ref: claims.ref,
    commit: claims.commit,
    trigger: claims.trigger,
    run: claims.run,
    loggedAt: loggedAt(bundle),
  };
}

/** Step 1: one DSSE envelope around an in-toto statement, signed with a certificate. */
function readBundle({ form, text }: AttestationText, file: string): Bundle {
  if (Buffer.byteLength(text) > ATTESTATION_MAX_BYTES) {
    fail(file, `it has more than ${ATTESTATION_MAX_BYTES} bytes`);
  }
  let bundle: Bundle;
  try {
    bundle = bundleFromJSON(form === 'pep740' ? bundleOfPep740(text) : JSON.parse(text));
  } catch (error) {
    return fail(file, `it is no ${form} attestation: ${wordsOf(error)}`, error);
  }
  if (bundle.verificationMaterial.content.$case === 'publicKey') {
    fail(file, 'it is signed with a bare key, which says nothing of a repository');
  }
  return bundle;
}

/** Step 2: certificate, logs and signature hold at the time at which the logs saw it. */
function verifySignature(trust: TrustMaterial, bundle: Bundle, file: string) {
  try {
    const { identity } = new Verifier(trust).verify(toSignedEntity(bundle));
    const issuer = identity?.extensions?.issuer;
    const name = identity?.subjectAlternativeName;
    if (issuer === undefined || name === undefined) {
      return fail(file, 'its certificate names no issuer or no identity');
    }
    return { issuer, identity: name, claims: claimsOf(identity?.oids ?? []) };
  } catch (error) {
    return fail(file, `it does not verify: ${wordsOf(error)}`, error);
  }
}

function readStatement(bundle: Bundle, file: string): JsonObject {
  if (!isBundleWithDsseEnvelope(bundle)) return fail(file, 'it holds no DSSE envelope');
  const { payload, payloadType } = bundle.content.dsseEnvelope;
  if (payloadType !== 'application/vnd.in-toto+json') fail(file, 'it holds no in-toto statement');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch (error) {
    return fail(file, 'its statement is not JSON', error);
  }
  const statement = objectOr(value as JsonValue);
  if (!STATEMENTS.includes(String(statement['_type']))) fail(file, 'it holds no in-toto statement');
  return statement;
}

/** Step 3: exactly one subject, and that is the artifact, by name and by digest. */
function requireSubject(
  statement: JsonObject,
  form: AttestationText['form'],
  artifact: AttestedArtifact,
): void {
  const subjects = statement['subject'];
  if (!Array.isArray(subjects) || subjects.length !== 1) {
    fail(artifact.file, 'it does not have exactly one subject');
  }
  const subject = objectOr(subjects[0]);
  const digest = objectOr(subject['digest']);
  const [algorithm, expected] =
    form === 'sigstore'
      ? (['sha512', artifact.sha512] as const)
      : (['sha256', artifact.sha256] as const);
  if (digest[algorithm] !== expected) {
    fail(
      artifact.file,
      `it is about other bytes: expected ${algorithm} ${expected}, found ${shown(digest[algorithm])}`,
    );
  }
  const name = subject['name'];
  const isNamed =
    typeof name === 'string' &&
    (form === 'sigstore'
      ? name === npmPurl(artifact)
      : normalFile(name) === normalFile(artifact.file));
  if (!isNamed) {
    const wanted = form === 'sigstore' ? npmPurl(artifact) : artifact.file;
    fail(artifact.file, `it is about another file: expected ${wanted}, found ${shown(name)}`);
  }
}

/** The package URL that npm writes: only the at sign of a scope is escaped. */
function npmPurl({ package: name, version }: AttestedArtifact): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

/** Names are written in several ways, with dashes, dots or underscores; the rest is exact. */
function normalFile(file: string): string {
  const lower = file.toLowerCase();
  const end = lower.endsWith('.whl') ? lower.indexOf('-') : lower.lastIndexOf('-');
  return `${lower.slice(0, end).replace(/[-_.]+/g, '_')}${lower.slice(end)}`;
}

/** Step 4: of a kind that speaks of an origin. */
function requirePredicate(
  statement: JsonObject,
  form: AttestationText['form'],
  file: string,
): string {
  const type = statement['predicateType'];
  if (type === SLSA) return SLSA;
  if (form === 'pep740' && typeof type === 'string' && PUBLISH.test(type)) return type;
  return fail(file, `expected provenance by its predicate type, found ${shown(type)}`);
}

/** Step 5: the builder wrote the statement, the certificate came from the forge: they must agree. */
function requireAgreement(statement: JsonObject, claims: CertificateClaims, file: string): void {
  const build = objectOr(objectOr(statement['predicate'])['buildDefinition']);
  const workflow = objectOr(objectOr(build['externalParameters'])['workflow']);
  const pairs = [
    ['repository', workflow['repository'], claims.repository],
    ['ref', workflow['ref'], claims.ref],
    ['workflow', workflow['path'], workflowPath(claims)],
  ] as const;
  for (const [what, said, certified] of pairs) {
    if (said === undefined || certified === null || said === certified) continue;
    fail(file, `its statement says ${what} ${shown(said)}, its certificate ${certified}`);
  }
  const dependencies = build['resolvedDependencies'];
  for (const one of Array.isArray(dependencies) ? dependencies : []) {
    const commit = objectOr(objectOr(one)['digest'])['gitCommit'];
    const uri = objectOr(one)['uri'];
    const isSource =
      claims.repository !== null &&
      typeof uri === 'string' &&
      uri.startsWith(`git+${claims.repository}@`);
    if (!isSource || commit === undefined || commit === claims.commit) continue;
    fail(file, `its statement says commit ${shown(commit)}, its certificate ${claims.commit}`);
  }
}

function loggedAt(bundle: Bundle): string | null {
  const seconds = bundle.verificationMaterial.tlogEntries
    .map((one) => Number(one.integratedTime))
    .find((one) => Number.isSafeInteger(one) && one > 0);
  return seconds === undefined ? null : new Date(seconds * 1000).toISOString();
}

function objectOr(value: JsonValue | undefined): JsonObject {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as JsonObject) : {};
}

/** Foreign text for a message: one line of visible ASCII. */
function shown(value: JsonValue | undefined): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.slice(0, 200).replace(/[^\x20-\x7e]/g, '?');
}

function wordsOf(error: unknown): string {
  return shown(error instanceof Error ? error.message : String(error));
}

function fail(file: string, problem: string, cause?: unknown): never {
  throw new CountersignError(
    'provenance-invalid',
    `the provenance of ${file} is refused: ${problem}`,
    {
      hint: 'an attestation that does not hold is never taken for none: build and attest again',
      ...(cause === undefined ? {} : { cause }),
    },
  );
}
