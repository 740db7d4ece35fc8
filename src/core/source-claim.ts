/** Where the bytes of a release come from, as far as the gateway could find out, and how. */
import { ciBinding, projectProvenance, projectSource } from './policy.ts';
import { list, literal, nullable, object, type Read, sha256, text } from './shape.ts';

/** Attestations that one artifact may carry. */
export const ATTESTATIONS_MAX = 16;

/** A ref's own object (of an annotated tag: the tag object) and the commit that it leads to. */
export const tagTarget = object({ object: text, commit: text });
export type TagTarget = Read<typeof tagTarget>;

/**
 * What the certificate and the statement of a verified attestation say; null where they do not say
 * it. `repositoryId` and `ownerId` are the forge's numbers, `workflow` a path in the repository,
 * `loggedAt` the time at which a transparency log or a timestamp authority saw it.
 */
const provenance = object({
  predicateType: text,
  issuer: text,
  identity: text,
  repository: nullable(text),
  repositoryId: nullable(text),
  ownerId: nullable(text),
  workflow: nullable(text),
  ref: nullable(text),
  commit: nullable(text),
  trigger: nullable(text),
  run: nullable(text),
  loggedAt: nullable(text),
});
export type Provenance = Read<typeof provenance>;

/** `digest` names the attestation as it was uploaded. Exactly one of the other two is not null:
 * what it says, or why it does not verify. */
const attestation = object({
  form: literal('sigstore', 'pep740'),
  digest: sha256,
  says: nullable(provenance),
  problem: nullable(text),
});
export type Attestation = Read<typeof attestation>;

const claimedArtifact = object({
  ecosystem: text,
  package: text,
  file: text,
  sha256,
  attestations: list(attestation, ATTESTATIONS_MAX),
});
export type ClaimedArtifact = Read<typeof claimedArtifact>;

/** What git said. `opened` is where the tag was when the release was opened, `tag` where it was at
 * inspection; null where there was none. `commit` is the one that the release is of. */
const gitFacts = object({
  opened: nullable(tagTarget),
  tag: nullable(tagTarget),
  commit: nullable(text),
  /** Protected branches from which the commit is reached. */
  branches: list(text, 64),
  /** Digest of the `countersign/source-tree/v1` of the commit. */
  tree: nullable(sha256),
});
export type GitFacts = Read<typeof gitFacts>;

/** The part of the signed rules that the claim was held against. */
const expectation = object({
  repository: nullable(text),
  ci: list(ciBinding, 64),
  source: nullable(projectSource),
  provenance: nullable(projectProvenance),
});
export type SourceExpectation = Read<typeof expectation>;

/** `countersign/source-claim/v1`; its digest is the `source.proof` of a manifest. */
export const sourceClaim = object({
  schema: literal('countersign/source-claim/v1'),
  project: text,
  tag: text,
  version: text,
  opened: literal('by-tag', 'by-commit', 'by-hand'),
  /** As the opening names it. */
  commit: nullable(text),
  expected: expectation,
  git: nullable(gitFacts),
  /** SHA-256 of the trusted root that attestations were verified with; null where there were none. */
  trustedRoot: nullable(sha256),
  artifacts: list(claimedArtifact, 1000),
  /** Digest of the verified CI identity that asked for the release. */
  identity: nullable(sha256),
});
export type SourceClaim = Read<typeof sourceClaim>;
