/** The documents of a release that people sign or that signatures refer to by digest. */
import { artifactReport, finding, unread, VERDICTS } from './finding.ts';
import { SOURCE_GRADES } from './policy.ts';
import {
  dictionary,
  integer,
  list,
  literal,
  nullable,
  object,
  objectWith,
  personId,
  type Read,
  releaseId,
  sha256,
  sha512,
  text,
  time,
} from './shape.ts';
import { sourceClaim } from './source-claim.ts';

/** `kind` is the ecosystem's word: `tarball`, `wheel`, `sdist`. `metadata` is the SHA-256 of the
 * canonical form of what goes upstream beside the bytes. */
export const manifestArtifact = object({
  ecosystem: text,
  package: text,
  version: text,
  kind: text,
  file: text,
  sizeBytes: integer(0),
  sha256,
  sha512,
  metadata: sha256,
});
export type ManifestArtifact = Read<typeof manifestArtifact>;

/** Why a person counts as requester, with the SHA-256 of the DSSE payload that shows it. */
const requester = object({
  person: personId,
  as: literal('opener', 'grantor', 'adopter', 'ci-actor'),
  statement: sha256,
});
export type Requester = Read<typeof requester>;

/**
 * A CI run that asked, by its token: `identity` is the SHA-256 of the identity document. `holder`
 * is the person or bot of the roster whose account the actor is, null where it is nobody's.
 */
const ciRun = object({
  issuer: text,
  actor: text,
  run: text,
  attempt: integer(1),
  identity: sha256,
  holder: nullable(personId),
});
export type CiRun = Read<typeof ciRun>;

/** The canonical description of one action on one release: what approvals sign, by digest. */
export const manifest = objectWith(
  {
    schema: literal('countersign/manifest/v1'),
    genesis: sha256,
    release: releaseId,
    project: text,
    repository: nullable(text),
    tag: text,
    version: text,
    commit: nullable(text),
    attempt: integer(1),
    action: literal('publish'),
    artifacts: list(manifestArtifact, 1000),
    upstreams: list(object({ name: text, ecosystem: text, url: text, mode: text })),
    /** Wanted tags: `from` is what the tag pointed at when inspected, null where it did not exist. */
    distTags: list(
      object({ ecosystem: text, package: text, tag: text, from: nullable(text), to: text }),
    ),
    /** The last version approved in this ledger, file by file; empty for a first release. */
    baselines: list(object({ ecosystem: text, package: text, version: text, file: text, sha256 })),
    source: object({ grade: literal(...SOURCE_GRADES), proof: nullable(sha256) }),
    requesters: list(requester, 16),
    inspection: object({ report: sha256, verdict: literal('pass', 'hold'), ruleSet: text }),
    policy: object({ name: text, version: integer(1), document: sha256 }),
    roster: object({ version: integer(1), document: sha256 }),
  },
  {
    /** CI runs that asked; absent where none did. */
    ci: list(ciRun, 16),
    /** Opened as an emergency: two people of any group suffice, and a review is due. */
    breakGlass: object({ reason: text }),
  },
);
export type Manifest = Read<typeof manifest>;

/** What upstream showed of one package when it was asked; null `latest` for a new package. */
export const upstreamSummary = objectWith(
  {
    ecosystem: text,
    package: text,
    version: text,
    exists: literal('yes', 'no'),
    /** This very version is there already. */
    versionTaken: literal('yes', 'no'),
    latest: nullable(text),
    /** Highest version of the same line (same major; same major.minor before 1.0.0). */
    highestInLine: nullable(text),
    highest: nullable(text),
    distTags: dictionary(text),
  },
  {
    /** Of the versions above, those that have provenance upstream; absent where none has. */
    attestedVersions: list(text, 8),
  },
);
export type UpstreamSummary = Read<typeof upstreamSummary>;

/** Versions that a history names. */
export const HISTORY_VERSIONS_MAX = 20;

/**
 * When the versions of a package appeared, as its registry tells. `absent`: it knows no such package.
 * `untold`: it told no times, or gave no answer, and `reason` says which; then `first` is null and
 * `newest` empty.
 */
export const publicationHistory = object({
  ecosystem: text,
  package: text,
  answer: literal('told', 'absent', 'untold'),
  reason: nullable(text),
  /** When the first version appeared. */
  first: nullable(time),
  /** Newest first. */
  newest: list(object({ version: text, at: time }), HISTORY_VERSIONS_MAX),
});
export type PublicationHistory = Read<typeof publicationHistory>;

/**
 * `askedAt`: when the registries were asked; the age of anything is counted from here. `histories`
 * are of the packages themselves, and of what they depend on that the version before did not, or
 * did in other versions.
 */
export const publicationTimes = object({
  askedAt: time,
  histories: list(publicationHistory, 3000),
});
export type PublicationTimes = Read<typeof publicationTimes>;

/** A field where the upload request and the artifact say different things. */
export const difference = object({ field: text, claimed: text, actual: text });
export type Difference = Read<typeof difference>;

/** A file of the version before, approved and published here; `summary` is the digest of what it
 * held, a `countersign/summary/v1`. */
export const baselineFile = object({
  ecosystem: text,
  package: text,
  version: text,
  kind: text,
  file: text,
  sha256,
  summary: sha256,
});
export type BaselineFile = Read<typeof baselineFile>;

/** Files of one version upstream that are looked into. */
export const NEWEST_FILES_MAX = 20;

/**
 * A file of a version upstream that was not approved here. Size and `sha256` are of the bytes that
 * came, and `stated` is the digest by which the registry named them and which they have; `summary`
 * is the digest of what they hold. All are null, and `reason` says why, from the first that nobody
 * could tell on.
 */
export const newestFile = object({
  kind: text,
  file: text,
  sizeBytes: nullable(integer(0)),
  sha256: nullable(sha256),
  stated: nullable(literal('sha512', 'sha256', 'sha1', 'nothing')),
  summary: nullable(sha256),
  reason: nullable(text),
});
export type NewestFile = Read<typeof newestFile>;

/** A version upstream that was not approved here. `reason`: why `files` is not all of it, or empty. */
export const newestVersion = object({
  ecosystem: text,
  package: text,
  version: text,
  files: list(newestFile, NEWEST_FILES_MAX),
  reason: nullable(text),
});
export type NewestVersion = Read<typeof newestVersion>;

/** Every outside input of an inspection: with it and the bytes, anyone gets the same report. */
export const inspectionInputs = objectWith(
  {
    project: text,
    repository: nullable(text),
    tag: text,
    version: text,
    commit: nullable(text),
    opened: literal('by-tag', 'by-commit', 'by-hand'),
    distTag: nullable(text),
    policy: object({ name: text, document: sha256 }),
    /** `claim` is what the grade rests on; absent where there is nothing but somebody's word. */
    source: objectWith({ grade: literal(...SOURCE_GRADES) }, { claim: sourceClaim }),
    declared: list(object({ ecosystem: text, package: text, kind: text, count: integer(1) })),
    upstream: list(upstreamSummary),
    /** Empty for what was never approved here. */
    baselines: list(baselineFile, 1000),
    /** Versions that were approved and published here, newest first, at most 100 a package. */
    approved: list(object({ ecosystem: text, package: text, versions: list(text, 100) })),
    requestDifferences: list(object({ file: text, differences: list(difference) })),
  },
  {
    times: publicationTimes,
    /** What upstream shows as newest and nobody approved here; absent where that is nothing. */
    newest: list(newestVersion, 2000),
  },
);
export type InspectionInputs = Read<typeof inspectionInputs>;

/** Byte-deterministic: no time, no host, nothing that is not input. */
export const inspectionReport = object({
  schema: literal('countersign/inspection/v1'),
  ruleSet: text,
  inputs: inspectionInputs,
  artifacts: list(artifactReport, 1000),
  /** Digests of what each artifact held, for the inspection of the next version; what could not be
   * read has none. */
  summaries: list(object({ file: text, summary: sha256 }), 1000),
  /** Findings about the release as a whole. */
  findings: list(finding),
  unread: list(unread),
  verdict: literal(...VERDICTS),
});
export type InspectionReport = Read<typeof inspectionReport>;

/** A log head that somebody saw: C2SP checkpoint origin, size and hexadecimal root. */
export const checkpointSeen = object({ origin: text, size: integer(0), root: sha256 });
export type CheckpointSeen = Read<typeof checkpointSeen>;

/** Predicate of an approval; the statement's subjects are the manifest's artifacts. */
export const approval = object({
  schema: literal('countersign/approval/v1'),
  genesis: sha256,
  manifest: sha256,
  release: releaseId,
  attempt: integer(1),
  decision: literal('approve', 'reject'),
  person: personId,
  acknowledged: list(text),
  waived: list(object({ finding: text, reason: text })),
  reason: nullable(text),
  client: literal('terminal', 'browser'),
  issuedAt: time,
  expiresAt: time,
  checkpointSeen,
});
export type Approval = Read<typeof approval>;

/** Predicate of an opening. The opener chooses the release id, so the statement fits one release. */
export const opening = objectWith(
  {
    schema: literal('countersign/open/v1'),
    genesis: sha256,
    release: releaseId,
    project: text,
    tag: text,
    version: text,
    commit: nullable(text),
    opened: literal('by-tag', 'by-commit', 'by-hand'),
    policy: text,
    packages: list(text, 1000),
    distTag: nullable(text),
    reopens: nullable(releaseId),
    issuedAt: time,
  },
  /** Why this is an emergency, in which any two people suffice and a review is due. */
  { breakGlass: text },
);
export type Opening = Read<typeof opening>;

/** Predicate of an adoption: a person becomes the requester of a bot's release. */
export const adoption = object({
  schema: literal('countersign/adopt/v1'),
  genesis: sha256,
  release: releaseId,
  person: personId,
  issuedAt: time,
});
export type Adoption = Read<typeof adoption>;

/** Predicate of a grant: a project credential, whose creator counts as requester. `credential` is
 * the SHA-256 of the secret. */
export const grant = object({
  schema: literal('countersign/grant/v1'),
  genesis: sha256,
  project: text,
  name: text,
  credential: sha256,
  person: personId,
  issuedAt: time,
  expiresAt: time,
});
export type Grant = Read<typeof grant>;

/** Predicate of a vault deposit: `sealed` is the SHA-256 of the sealed bytes. */
export const deposit = object({
  schema: literal('countersign/deposit/v1'),
  genesis: sha256,
  name: text,
  upstream: text,
  sealed: sha256,
  expiresAt: nullable(time),
  person: personId,
  issuedAt: time,
});
export type Deposit = Read<typeof deposit>;

/** Predicate of a session: proof of a key, for one origin, for one server-made challenge. */
export const session = object({
  schema: literal('countersign/session/v1'),
  genesis: sha256,
  origin: text,
  challenge: text,
  issuedAt: time,
});
export type Session = Read<typeof session>;
