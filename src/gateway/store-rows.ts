/** What the store keeps, row by row. Digests refer to documents; times are RFC 3339 UTC. */
import type { PersonId, ReleaseId, Sha256, Sha512 } from '../core/names.ts';
import type { ReleaseState } from '../core/release-state.ts';
import type { SignedStatement } from '../evidence/signed-statement.ts';

export interface LedgerRow {
  readonly index: number;
  readonly kind: string;
  readonly release: ReleaseId | null;
  readonly bytes: Uint8Array;
  readonly leafHash: Uint8Array;
}

export interface CheckpointRow {
  readonly size: number;
  readonly root: Uint8Array;
  /** The signed note. */
  readonly note: string;
  readonly signedAt: string;
}

/** A roster or policy document in force from `ledgerIndex` on. */
export interface GovernanceRow {
  readonly kind: 'roster' | 'policy';
  readonly version: number;
  readonly digest: Sha256;
  readonly previous: Sha256 | null;
  readonly ledgerIndex: number;
}

export interface DeclaredFile {
  readonly ecosystem: string;
  readonly package: string;
  readonly kind: string;
  readonly count: number;
}

export interface ReleaseRow {
  readonly id: ReleaseId;
  /** What people type: at least 10 characters, unique here. */
  readonly shortId: string;
  readonly project: string;
  readonly tag: string;
  /** Semantic version of the tag. */
  readonly version: string;
  readonly attempt: number;
  readonly state: ReleaseState;
  /** Grows by one with each change of the row; a stale write throws `state-conflict`. */
  readonly revision: number;
  readonly policyName: string;
  readonly policyDigest: Sha256;
  readonly rosterDigest: Sha256;
  readonly opened: 'by-tag' | 'by-commit' | 'by-hand';
  readonly openedAt: string;
  readonly commit: string | null;
  readonly distTag: string | null;
  readonly declared: readonly DeclaredFile[];
  readonly reopens: ReleaseId | null;
  readonly sealedAt: string | null;
  /** Digest of the manifest in `documents`, null before inspection has passed. */
  readonly manifest: Sha256 | null;
  readonly report: Sha256 | null;
  /** Why it ended or waits, one sentence for people; null when there is nothing to say. */
  readonly reason: string | null;
}

export interface ArtifactRow {
  readonly release: ReleaseId;
  readonly file: string;
  readonly ecosystem: string;
  readonly package: string;
  readonly version: string;
  readonly kind: string;
  readonly sizeBytes: number;
  readonly sha256: Sha256;
  readonly sha512: Sha512;
  readonly sha1: string;
  readonly receivedAt: string;
  /** Canonical JSON of ArtifactDescription. */
  readonly description: string;
  /** Canonical JSON list of Difference between request and artifact. */
  readonly requestDifferences: string;
  /** The dist-tag that the client asked for, null where it named none. */
  readonly requestedTag: string | null;
  /** Canonical JSON list of the attestations that came with it: form and digest of the document. */
  readonly attestations: string;
}

export interface EventRow {
  readonly release: ReleaseId;
  readonly sequence: number;
  readonly at: string;
  readonly event: string;
  readonly from: ReleaseState | null;
  readonly to: ReleaseState;
  readonly actor: string;
  readonly reason: string | null;
  readonly ledgerIndex: number;
}

/**
 * A statement that belongs to a release (opening, grant, adoption, approval) or to none (founding,
 * grant, deposit). A grant stands once by itself and once with each release that it opened.
 */
export interface StatementRow {
  /** SHA-256 of the DSSE payload. */
  readonly digest: Sha256;
  readonly release: ReleaseId | null;
  readonly purpose: string;
  readonly person: PersonId | null;
  readonly manifest: Sha256 | null;
  readonly statement: SignedStatement;
  readonly recordedAt: string;
  readonly ledgerIndex: number;
}

export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly release: ReleaseId | null;
  /** Canonical JSON. */
  readonly payload: string;
  readonly runAt: string;
  readonly attempts: number;
  readonly lastError: string | null;
}

export interface EffectRow {
  readonly id: string;
  readonly release: ReleaseId;
  readonly sequence: number;
  readonly kind: 'publish' | 'move-tag' | 'remove-tag';
  /** Canonical JSON: what exactly is to be done. */
  readonly target: string;
  readonly state: 'planned' | 'intended' | 'done' | 'failed';
  readonly intendedAt: string | null;
  readonly observedAt: string | null;
  readonly outcome: string | null;
}

export interface UploadCredentialRow {
  /** SHA-256 of the secret; the secret itself is never stored. */
  readonly hash: Sha256;
  readonly release: ReleaseId;
  /** What may be uploaded with it; null for all that the release declares. */
  readonly packages: readonly PackageRef[] | null;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

export interface PackageRef {
  readonly ecosystem: string;
  readonly package: string;
}

/** A CI run that asked for a release. `digest` names its identity document. */
export interface CiIdentityRow {
  readonly digest: Sha256;
  readonly release: ReleaseId;
  readonly recordedAt: string;
  readonly ledgerIndex: number;
}

export interface ProjectCredentialRow {
  readonly hash: Sha256;
  readonly name: string;
  readonly project: string;
  readonly creator: PersonId;
  /** Digest of the creator's signed grant. */
  readonly grant: Sha256;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

export interface SessionRow {
  readonly hash: Sha256;
  readonly holder: PersonId;
  readonly kind: 'person' | 'bot';
  /** How it was opened: with an SSH key, with a passkey, or on the approval origin out of such. */
  readonly via: 'terminal' | 'sign-in' | 'approval';
  readonly keyFingerprint: string;
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

/** A passkey that a person signs in with. It approves nothing. */
export interface SignInPasskeyRow {
  /** Base64url. */
  readonly credentialId: string;
  readonly person: PersonId;
  /** A name by which people know the device. */
  readonly name: string;
  /** Base64 of the SubjectPublicKeyInfo. */
  readonly publicKey: string;
  readonly algorithm: -7 | -8 | -257;
  readonly relyingParty: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

/** A secret that is good once: to enrol a passkey, or to go on at the approval origin. */
export interface EntryLinkRow {
  /** SHA-256 of the secret. */
  readonly hash: Sha256;
  readonly kind: 'passkey' | 'approval';
  readonly person: PersonId;
  /** The key that its maker had proved. */
  readonly keyFingerprint: string;
  readonly expiresAt: string;
}

export interface VaultRow {
  readonly name: string;
  readonly version: number;
  /** Canonical JSON of the sealed deposit, until the publisher has taken it in. */
  readonly deposit: string | null;
  /** Canonical JSON of the envelope-encrypted secret; null until the publisher made it. */
  readonly envelope: string | null;
  readonly upstream: string;
  readonly origin: string;
  readonly statement: Sha256;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly disabledAt: string | null;
  readonly note: string | null;
}
