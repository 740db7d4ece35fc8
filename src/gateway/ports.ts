/**
 * What the use cases need from outside, and what an implementation must promise. Each port has a
 * contract suite in test/contract that runs against every adapter.
 */
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import type { InspectionInputs, InspectionReport } from '../core/manifest.ts';
import type { ReleaseId, Sha256, Sha512 } from '../core/names.ts';
import type { Policy } from '../core/policy.ts';
import type { ReleaseState } from '../core/release-state.ts';
import type { SourceTree } from '../core/source-tree.ts';
import type { SignedStatement } from '../evidence/signed-statement.ts';
import type { RandomAccess } from '../formats/random-access.ts';
import type {
  ArtifactRow,
  CheckpointRow,
  CiIdentityRow,
  EffectRow,
  EntryLinkRow,
  EventRow,
  GovernanceRow,
  JobRow,
  LedgerRow,
  ProjectCredentialRow,
  ReleaseRow,
  SessionRow,
  SignInPasskeyRow,
  StatementRow,
  UploadCredentialRow,
  VaultRow,
} from './store-rows.ts';

/** Wall clock in RFC 3339 UTC with milliseconds. */
export interface Clock {
  now(): string;
}

export interface Randomness {
  bytes(length: number): Uint8Array;
}

export type * from './source-port.ts';
export type * from './store-rows.ts';
export type { SignedStatement };

// ---------------------------------------------------------------------------------------------
// Blobs

/**
 * Artifact bytes, addressed by SHA-256. `write` streams to a temporary file while hashing; the
 * bytes are durable (file and folder fsynced) when `commit` resolves, and only then readable.
 * Writing the same bytes twice is success. A torn write is never readable. Safe for concurrent use
 * by several processes. Throws `limit-exceeded` past `maxBytes`.
 */
export interface Blobs {
  begin(maxBytes: number): Promise<BlobWriter>;
  /** Streams from the first byte. Throws `not-found`; re-hashes while reading and throws
   * `ledger-corrupt` at the end where the bytes are not the ones named. */
  read(sha256: Sha256): AsyncIterable<Uint8Array>;
  has(sha256: Sha256): Promise<boolean>;
  /** A path or other handle that a worker thread can open on its own. */
  locate(sha256: Sha256): string;
}

export interface BlobWriter {
  write(chunk: Uint8Array): Promise<void>;
  /** The digests so far are final after this; the bytes are staged and readable through `reread`. */
  finish(): Promise<BlobDigests>;
  /** Reads the staged bytes back; may be called several times between `finish` and `commit`. */
  reread(): AsyncIterable<Uint8Array>;
  /** The staged bytes to be read anywhere, from `finish` until `commit` or `discard`. */
  staged(): RandomAccess;
  commit(): Promise<void>;
  /** Removes the staged bytes; does nothing after `commit`. */
  discard(): Promise<void>;
}

export interface BlobDigests {
  readonly sizeBytes: number;
  readonly sha256: Sha256;
  readonly sha512: Sha512;
  /** Hexadecimal; npm's `dist.shasum`. */
  readonly sha1: string;
}

// ---------------------------------------------------------------------------------------------
// Store

/**
 * The database. `transact` runs `work` in one serialisable write transaction (SQLite: `BEGIN
 * IMMEDIATE` at synchronous=FULL; PostgreSQL: SERIALIZABLE, repeated on serialisation failures, so
 * `work` must have no effects outside the transaction). Everything in it is durable on return; when
 * `work` throws nothing happened. `read` sees one consistent snapshot. Several processes may share
 * one database. Lists come in ascending order of creation unless said otherwise. A second row of the
 * same key throws `state-conflict` unless said otherwise, and a call that the database refuses fails
 * the whole transaction even where `work` goes on. `work` uses only what it is given: a store that
 * is called inside of its own transaction throws `internal`. `store-unavailable` is a database that
 * is full, busy for too long, or out of reach.
 */
export interface Store {
  transact<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface StoreReader {
  ledgerSize(): Promise<number>;
  ledgerNode(level: number, index: number): Promise<Uint8Array | undefined>;
  ledgerEntries(from: number, limit: number): Promise<readonly LedgerRow[]>;
  /** All entries of these kinds after index `after`, ascending. */
  ledgerEntriesOf(kinds: readonly string[], after: number): Promise<readonly LedgerRow[]>;
  latestCheckpoint(): Promise<CheckpointRow | undefined>;
  /** All checkpoints with `size` greater than `after`, ascending, at most `limit`. */
  checkpoints(after: number, limit: number): Promise<readonly CheckpointRow[]>;

  document(digest: Sha256): Promise<string | undefined>;
  governance(kind: 'roster' | 'policy'): Promise<readonly GovernanceRow[]>;
  genesisDigest(): Promise<Sha256 | undefined>;

  release(id: ReleaseId): Promise<ReleaseRow | undefined>;
  releaseByShortId(shortId: string): Promise<ReleaseRow | undefined>;
  /** Newest first. */
  releases(filter: {
    readonly project?: string;
    readonly tag?: string;
    readonly states?: readonly ReleaseState[];
    readonly limit: number;
  }): Promise<readonly ReleaseRow[]>;
  artifacts(release: ReleaseId): Promise<readonly ArtifactRow[]>;
  /** Artifacts of `published` releases of this package, newest release first. */
  publishedArtifacts(
    ecosystem: string,
    packageName: string,
    limit: number,
  ): Promise<readonly ArtifactRow[]>;
  /** Artifacts of non-terminal releases with this package and version, other than `except`. */
  liveArtifacts(
    ecosystem: string,
    packageName: string,
    version: string,
    except: ReleaseId,
  ): Promise<readonly ArtifactRow[]>;
  events(release: ReleaseId): Promise<readonly EventRow[]>;
  statements(release: ReleaseId): Promise<readonly StatementRow[]>;
  /** The first that was recorded under this digest. */
  statement(digest: Sha256): Promise<StatementRow | undefined>;
  /** Statements of no release: founding, grants, deposits. */
  unboundStatements(purpose: string): Promise<readonly StatementRow[]>;
  /** CI runs that asked for this release. */
  ciIdentities(release: ReleaseId): Promise<readonly CiIdentityRow[]>;
  effects(release: ReleaseId): Promise<readonly EffectRow[]>;
  pendingJobs(release: ReleaseId): Promise<readonly JobRow[]>;
  /** Who holds leases of these kinds of jobs, each once, run out or not. */
  leaseOwners(kinds: readonly string[]): Promise<readonly string[]>;

  uploadCredential(hash: Sha256): Promise<UploadCredentialRow | undefined>;
  projectCredential(hash: Sha256): Promise<ProjectCredentialRow | undefined>;
  projectCredentials(project: string): Promise<readonly ProjectCredentialRow[]>;
  session(hash: Sha256): Promise<SessionRow | undefined>;
  /** Sessions that are neither expired at `now` nor revoked, oldest first. */
  liveSessions(now: string): Promise<readonly SessionRow[]>;
  signInPasskey(credentialId: string): Promise<SignInPasskeyRow | undefined>;
  /** All of them, revoked ones too. */
  signInPasskeys(): Promise<readonly SignInPasskeyRow[]>;
  entryLink(hash: Sha256): Promise<EntryLinkRow | undefined>;
  vault(): Promise<readonly VaultRow[]>;
}

export interface StoreTransaction extends StoreReader {
  /** Appends at `index`, which must be the present size; throws `ledger-corrupt` otherwise. */
  putLedgerEntry(
    row: LedgerRow,
    nodes: readonly { readonly level: number; readonly index: number; readonly hash: Uint8Array }[],
  ): Promise<void>;
  /** Signed again at the same size it replaces the note; throws `ledger-corrupt` where that size
   * has another root, or where there are fewer entries. */
  putCheckpoint(row: CheckpointRow): Promise<void>;

  /** `digest` must be the SHA-256 of `body`, which the store checks. Same again is success. */
  putDocument(digest: Sha256, kind: string, body: string): Promise<void>;
  putGenesis(digest: Sha256): Promise<void>;
  putGovernance(row: GovernanceRow): Promise<void>;

  /** Throws `release-exists` where a non-terminal release has the same project and tag, or id. */
  insertRelease(row: ReleaseRow): Promise<void>;
  /** Replaces the row if its revision in the database is `row.revision - 1`. */
  updateRelease(row: ReleaseRow): Promise<void>;
  putArtifact(row: ArtifactRow): Promise<void>;
  putEvent(row: EventRow): Promise<void>;
  putStatement(row: StatementRow): Promise<void>;
  putCiIdentity(row: CiIdentityRow): Promise<void>;

  /** `key` makes it idempotent: a second job with the key of an unfinished one is not added. */
  enqueue(job: {
    readonly id: string;
    readonly kind: string;
    readonly release: ReleaseId | null;
    readonly payload: string;
    readonly runAt: string;
    readonly key: string;
  }): Promise<void>;
  /** Leases the oldest due job of these kinds until `leaseUntil`; undefined when there is none. A
   * job whose lease ran out is due again, and that counts an attempt: its worker may have died of
   * it. */
  leaseJob(
    kinds: readonly string[],
    owner: string,
    now: string,
    leaseUntil: string,
  ): Promise<JobRow | undefined>;
  /** Ends all leases of `owner` at `now`, as if they had run out. For owners that are certainly dead. */
  endLeases(owner: string, now: string): Promise<void>;
  /** True where `owner` still held the lease. */
  extendLease(id: string, owner: string, leaseUntil: string): Promise<boolean>;
  finishJob(id: string, owner: string, doneAt: string): Promise<boolean>;
  /** Gives the job back for a later time; counts an attempt. */
  retryJob(id: string, owner: string, runAt: string, error: string): Promise<boolean>;
  /** Ends it for good with its error kept. */
  failJob(id: string, owner: string, doneAt: string, error: string): Promise<boolean>;

  putEffect(row: EffectRow): Promise<void>;
  updateEffect(row: EffectRow): Promise<void>;

  putUploadCredential(row: UploadCredentialRow): Promise<void>;
  revokeUploadCredentials(release: ReleaseId, at: string): Promise<void>;
  /** Lets it expire at `at` where it lived longer. */
  endUploadCredential(hash: Sha256, at: string): Promise<void>;
  putProjectCredential(row: ProjectCredentialRow): Promise<void>;
  revokeProjectCredential(hash: Sha256, at: string): Promise<void>;
  putSession(row: SessionRow): Promise<void>;
  revokeSession(hash: Sha256, at: string): Promise<void>;
  /** Revokes every session that this key opened; revoking again keeps the first time. */
  revokeSessionsOfKey(keyFingerprint: string, at: string): Promise<void>;
  putSignInPasskey(row: SignInPasskeyRow): Promise<void>;
  revokeSignInPasskey(credentialId: string, at: string): Promise<void>;
  putEntryLink(row: EntryLinkRow): Promise<void>;
  /** Takes the link: it comes once, and not after it has expired. Forgets expired ones. */
  takeEntryLink(hash: Sha256, now: string): Promise<EntryLinkRow | undefined>;
  /** True exactly once for each challenge, or other name of what is good once; it is forgotten some
   * time after `expiresAt`. */
  spendChallenge(challenge: string, expiresAt: string, now: string): Promise<boolean>;
  /** Replaces the row of the same name and version where there is one. */
  putVault(row: VaultRow): Promise<void>;
}

// ---------------------------------------------------------------------------------------------
// Tokens of CI runs

/** Asks the issuers of CI tokens for their keys, and keeps them for a while. */
export interface CiTokens {
  /**
   * The public members of the JSON Web Key by which `issuer` signed `token` for one of `audiences`,
   * at the time `at`. Throws `unauthenticated` for a token that it did not, and `issuer-unreachable`
   * where it did not say. Follows no redirect and reads a bounded answer in bounded time.
   */
  verify(
    token: string,
    issuer: string,
    audiences: readonly string[],
    at: string,
  ): Promise<Readonly<Record<string, string>>>;
}

// ---------------------------------------------------------------------------------------------
// Inspection and notification

/** Where the inspector finds one artifact. */
export interface InspectionSubject {
  readonly ecosystem: string;
  readonly package: string;
  readonly version: string;
  readonly kind: string;
  readonly file: string;
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  readonly location: string;
}

/**
 * Runs the engine of `inspect/` in a bounded worker (memory, time). A crash or time-out is no
 * exception: the report comes back `indeterminate` with what was unread.
 */
export interface Inspector {
  /** `baselines` are the summaries that `inputs.baselines` and `inputs.newest` name by digest,
   * `sourceTree` the tree that the source claim of `inputs` names. */
  inspect(
    inputs: InspectionInputs,
    policy: Policy,
    subjects: readonly InspectionSubject[],
    baselines: readonly ArtifactSummary[],
    sourceTree?: SourceTree | null,
  ): Promise<Inspection>;
  /** What one artifact of no release holds, judged by nobody, under the policy's limits and in a
   * worker of its own. Never throws: what cannot be read comes back with the reason. */
  summarize(policy: Policy, subject: SummarySubject): Promise<Summarized>;
}

/** An artifact that is only compared with. */
export type SummarySubject = Pick<InspectionSubject, 'kind' | 'file' | 'sha256' | 'location'>;

export type Summarized =
  | { readonly summary: ArtifactSummary; readonly reason: null }
  | { readonly summary: null; readonly reason: string };

/** A report with the summaries that it names by digest: baselines of the next inspection. */
export interface Inspection {
  readonly report: InspectionReport;
  readonly summaries: readonly ArtifactSummary[];
}

/** One message for people. `checkpoint` is the newest signed note, so that each message is a witness. */
export interface Notice {
  readonly id: string;
  readonly type:
    | 'release.awaiting-approval'
    | 'release.published'
    | 'release.rejected'
    | 'release.failed'
    | 'release.break-glass'
    | 'release.review-overdue';
  readonly at: string;
  readonly release: {
    readonly id: ReleaseId;
    readonly shortId: string;
    readonly project: string;
    readonly tag: string;
    readonly version: string;
    readonly attempt: number;
    readonly state: ReleaseState;
    readonly reason: string | null;
  };
  readonly checkpoint: string | null;
}

/** Sends one notice to every configured target that wants its type. Throws when a target did not
 * take it, so that the job is repeated; targets deduplicate by `id`. */
export interface Notifier {
  send(notice: Notice): Promise<void>;
}

/** Structured log: static event names, ids and not objects. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
  warn(event: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
  error(event: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
}
