/**
 * The use cases as the outside calls them. `http/` knows this file and nothing behind it; each
 * method is one file beside this one. All throw CountersignError; a verdict is in the answer.
 */
import type { ArtifactReport, Finding, Unread } from '../core/finding.ts';
import type { CiRun, Difference, UpstreamSummary } from '../core/manifest.ts';
import type { PersonId, ReleaseId, Sha256 } from '../core/names.ts';
import type { RulesDifference } from '../core/policy-compare.ts';
import type { ReleaseState } from '../core/release-state.ts';
import type { JsonValue } from '../formats/canonical.ts';
import type { BrowserGateway } from './browser-gateway.ts';
import type { PackageRef, SignedStatement } from './ports.ts';
import type { Upload } from './upload.ts';

export type * from './upload.ts';

/** Who is calling. Decided once, at the edge, by `Gateway.identify`. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'bot'; readonly personId: PersonId }
  /** A project credential; `personId` is its creator, who counts as requester. */
  | {
      readonly kind: 'project';
      readonly project: string;
      readonly personId: PersonId;
      readonly grant: Sha256;
    }
  /** An upload credential, good for one release; `packages` where it is good for these only. */
  | {
      readonly kind: 'upload';
      readonly release: ReleaseId;
      readonly packages?: readonly PackageRef[];
    };

export interface SessionChallenge {
  readonly challenge: string;
  readonly origin: string;
  readonly genesis: Sha256;
  readonly expiresAt: string;
}

export interface IssuedSecret {
  readonly token: string;
  readonly expiresAt: string;
}

/** Without `statement` the caller must hold a project credential; the gateway makes the id. */
export interface OpenRequest {
  readonly statement: SignedStatement | null;
  readonly project: string;
  readonly tag: string;
  readonly commit: string | null;
  readonly opened: 'by-tag' | 'by-commit' | 'by-hand';
  /** The typed word, for releases opened by hand under a policy that asks for it. */
  readonly confirmation: string | null;
  /** Policies with `chosen: at-open` are named here; null takes the first whose tag matches. */
  readonly policy: string | null;
  /** Package names; empty for all of the project. */
  readonly packages: readonly string[];
  readonly distTag: string | null;
  readonly reopens: ReleaseId | null;
}

/** A CI token, and what it is to be traded for: one npm package, or the project's on PyPI. */
export interface CiExchange {
  readonly token: string;
  readonly target:
    | { readonly ecosystem: 'npm'; readonly package: string }
    | { readonly ecosystem: 'pypi' };
}

export interface OpenAnswer {
  readonly release: ReleaseView;
  readonly upload: IssuedSecret;
  /** Files taken over from the attempt that was reopened. */
  readonly reused: readonly string[];
}

export interface HeldFile {
  readonly ecosystem: string;
  readonly package: string;
  readonly version: string;
  readonly kind: string;
  readonly file: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly sha512: string;
  readonly sha1: string;
  /** Derived metadata; for npm the version manifest without `dist`. */
  readonly metadata: JsonValue;
}

export interface QuorumView {
  readonly met: boolean;
  readonly rejectedBy: string | null;
  readonly counted: readonly string[];
  readonly ignored: readonly { readonly person: string; readonly reason: string }[];
  readonly missing: readonly string[];
}

export interface ReleaseView {
  readonly id: ReleaseId;
  readonly shortId: string;
  readonly project: string;
  readonly tag: string;
  readonly version: string;
  readonly attempt: number;
  readonly state: ReleaseState;
  readonly reason: string | null;
  readonly policy: string;
  readonly opened: 'by-tag' | 'by-commit' | 'by-hand';
  readonly openedAt: string;
  readonly sealedAt: string | null;
  readonly expiresAt: string | null;
  readonly commit: string | null;
  readonly distTag: string | null;
  readonly requesters: readonly string[];
  /** CI runs that asked; `holder` is whose account it is, null for nobody's. */
  readonly runs: readonly CiRun[];
  /** Why it was opened as an emergency; null where it was not. */
  readonly breakGlass: string | null;
  /** When the review after a shortcut is due; null where none is, or once it was made. */
  readonly reviewDueAt: string | null;
  /** True while a bot's release waits for somebody to adopt it. */
  readonly needsAdoption: boolean;
  readonly missing: readonly string[];
  readonly artifacts: readonly Omit<HeldFile, 'metadata'>[];
  readonly manifest: string | null;
  readonly verdict: string | null;
  readonly quorum: QuorumView | null;
  readonly effects: readonly {
    readonly kind: string;
    readonly target: JsonValue;
    readonly state: string;
    readonly outcome: string | null;
  }[];
  readonly events: readonly {
    readonly at: string;
    readonly event: string;
    readonly to: string;
    readonly actor: string;
    readonly reason: string | null;
    readonly ledgerIndex: number;
  }[];
}

/** What an approver needs to recompute everything: canonical texts, to be hashed and compared. */
export interface ReviewBundle {
  readonly manifest: string;
  readonly report: string;
  /** Summaries of the version before that the report's inputs name by digest. */
  readonly baselines: readonly string[];
  /** Tree and attestations that the source claim names, and the trusted root of the signed rules. */
  readonly sourceTree?: string;
  readonly attestations?: readonly string[];
  readonly trustedRoot?: string;
  readonly genesis: string;
  readonly founding: readonly SignedStatement[];
  readonly policyDocument: string;
  readonly rosterDocument: string;
  /** Statements that show the requesters. */
  readonly opening: readonly SignedStatement[];
  /** Identity documents of the CI runs that asked, which show requesters too. */
  readonly identities: readonly string[];
  /** Newest signed note, and a proof that the manifest's entry is in it. */
  readonly checkpoint: string;
  readonly proof: { readonly entry: string; readonly proof: string };
}

export interface ReportView {
  readonly verdict: string;
  readonly findings: readonly Finding[];
  readonly artifacts: readonly ArtifactReport[];
  readonly unread: readonly Unread[];
  readonly upstream: readonly UpstreamSummary[];
  readonly requestDifferences: readonly {
    readonly file: string;
    readonly differences: readonly Difference[];
  }[];
}

/** A project credential, without its secret. */
export interface GrantView {
  readonly name: string;
  readonly creator: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

/** A proposal as it is sent: the signed statement, proofs of new keys, the new documents. */
export interface ProposalRequest {
  readonly statement: SignedStatement;
  readonly enrolments: readonly SignedStatement[];
  readonly documents: readonly string[];
}

export interface ProposalView {
  readonly id: string;
  /** What ballots name. */
  readonly digest: Sha256;
  readonly person: string;
  readonly reason: string;
  /** `agreed`: the publisher has not brought it into force yet. `superseded`: other changes came
   * first, so it starts from what is no longer in force. */
  readonly state: 'open' | 'agreed' | 'in-force' | 'rejected' | 'expired' | 'superseded';
  readonly issuedAt: string;
  readonly expiresAt: string;
  /** Ledger entry from which on it is in force. */
  readonly enactedAt: number | null;
  readonly differences: readonly RulesDifference[];
  /** To be confirmed with their holders, on another channel, by everybody who votes. */
  readonly newKeys: readonly { readonly person: string; readonly fingerprint: string }[];
  /** What a voter recomputes all of this from. */
  readonly statements: readonly SignedStatement[];
  readonly documents: readonly string[];
  readonly quorum: QuorumView;
}

/** From the founding to what is in force: anybody can verify the way. */
export interface GenesisAnswer {
  readonly document: string;
  readonly founding: readonly SignedStatement[];
  readonly changes: readonly GovernanceChange[];
}

/** A change of roster or rules: its ledger entry's index and text, and all that proves it. */
export interface GovernanceChange {
  readonly index: number;
  readonly entry: string;
  readonly statements: readonly SignedStatement[];
  readonly documents: readonly string[];
}

/** What is in force. */
export interface GovernanceView {
  /** Canonical texts. */
  readonly roster: string;
  readonly policy: string;
  readonly rosterDigest: Sha256;
  readonly policyDigest: Sha256;
  /** `person alice` or `key SHA256:...`. */
  readonly suspended: readonly { readonly subject: string; readonly by: string }[];
  /** `alice TYPE BASE64` of keys that came after the founding, and from when on each counts. */
  readonly newKeys: readonly { readonly key: string; readonly from: string }[];
  readonly recovery: { readonly digest: Sha256; readonly startedAt: string } | null;
  readonly breaks: readonly {
    readonly index: number;
    readonly at: string;
    readonly reason: string;
  }[];
}

/** Signatures of recovery keys, proofs of new keys, the new documents. */
export interface RecoveryRequest {
  readonly statements: readonly SignedStatement[];
  readonly enrolments: readonly SignedStatement[];
  readonly documents: readonly string[];
}

export interface RecoveryView {
  readonly digest: Sha256;
  /** How long anybody may veto it, from when the log shows it. */
  readonly delaySeconds: number;
}

export interface Gateway extends BrowserGateway {
  /** `bearer` is the token alone. Unknown, expired and revoked tokens throw `unauthenticated`. */
  identify(bearer: string | null): Promise<Caller>;

  challenge(): Promise<SessionChallenge>;
  openSession(
    statement: SignedStatement,
  ): Promise<IssuedSecret & { readonly personId: PersonId; readonly kind: 'person' | 'bot' }>;
  closeSession(bearer: string): Promise<void>;

  open(caller: Caller, request: OpenRequest): Promise<OpenAnswer>;
  /**
   * An upload credential for a CI run, by the token of its issuer; opens the release of its tag where
   * nobody has. Throws `unauthenticated` for a token that its issuer did not sign for this gateway,
   * and `identity-refused` for a run that may not ask, or asks twice with one token.
   */
  exchange(request: CiExchange): Promise<IssuedSecret & { readonly createdAt: string }>;
  /** Ends an upload credential before its time; what is none, or has ended, is passed over. */
  endUpload(token: string): Promise<void>;
  /** What a CI token must be for. */
  ciAudience(): string;
  adopt(caller: Caller, release: ReleaseId, statement: SignedStatement): Promise<ReleaseView>;
  /** Throws `forbidden` unless the caller may upload to a release that is receiving. */
  beginUpload(caller: Caller): Promise<Upload>;
  seal(caller: Caller, release: ReleaseId): Promise<ReleaseView>;
  /** Runs an inspection again that could not tell. */
  inspectAgain(caller: Caller, release: ReleaseId): Promise<ReleaseView>;
  cancel(caller: Caller, release: ReleaseId, reason: string | null): Promise<ReleaseView>;
  /** Approvals and rejections alike. */
  approve(caller: Caller, release: ReleaseId, statement: SignedStatement): Promise<ReleaseView>;
  /** For policies with `publish: manual`. */
  publish(caller: Caller, release: ReleaseId): Promise<ReleaseView>;
  /** Carries on a release that stopped halfway. */
  resume(caller: Caller, release: ReleaseId): Promise<ReleaseView>;

  /** Id or short id. Throws `not-found`. */
  resolveRelease(reference: string): Promise<ReleaseId>;
  release(caller: Caller, release: ReleaseId): Promise<ReleaseView>;
  releases(
    caller: Caller,
    filter: { readonly project: string | null; readonly limit: number },
  ): Promise<readonly ReleaseView[]>;
  report(caller: Caller, release: ReleaseId): Promise<ReportView>;
  review(caller: Caller, release: ReleaseId): Promise<ReviewBundle>;
  /** Canonical JSON text of the evidence bundle. Throws `state-conflict` before a manifest exists. */
  evidence(caller: Caller, release: ReleaseId): Promise<string>;
  /** Bytes of one held artifact, or of a file upstream that the report compares with, by SHA-256. */
  artifact(
    caller: Caller,
    release: ReleaseId,
    sha256: Sha256,
  ): Promise<{
    readonly file: string;
    readonly sizeBytes: number;
    readonly bytes: AsyncIterable<Uint8Array>;
  }>;
  /** Held files of one package that this caller may see: its own release's. */
  held(caller: Caller, ecosystem: string, packageName: string): Promise<readonly HeldFile[]>;
  /** Configured address of the upstream that serves this package, or null. */
  upstreamOf(ecosystem: string, packageName: string): Promise<string | null>;

  grant(caller: Caller, statement: SignedStatement): Promise<void>;
  grants(caller: Caller, project: string): Promise<readonly GrantView[]>;
  /**
   * Ends every project credential of this name, whoever made it; what it opened goes on. Answers
   * all of that name, also those that had ended before. Throws `not-found` where there is none.
   */
  revokeGrant(caller: Caller, project: string, name: string): Promise<readonly GrantView[]>;
  deposit(
    caller: Caller,
    statement: SignedStatement,
    sealed: string,
  ): Promise<{ readonly version: number }>;
  vault(caller: Caller): Promise<
    readonly {
      readonly name: string;
      readonly version: number;
      readonly upstream: string;
      readonly origin: string;
      readonly state: string;
      readonly createdAt: string;
      readonly expiresAt: string | null;
      readonly note: string | null;
    }[]
  >;

  propose(caller: Caller, request: ProposalRequest): Promise<ProposalView>;
  ballot(caller: Caller, proposal: Sha256, statement: SignedStatement): Promise<ProposalView>;
  /** Id, or the first eight or more digits of the digest. Throws `not-found`. */
  resolveProposal(reference: string): Promise<Sha256>;
  proposal(caller: Caller, proposal: Sha256): Promise<ProposalView>;
  /** Newest first. */
  proposals(caller: Caller): Promise<readonly ProposalView[]>;
  governance(caller: Caller): Promise<GovernanceView>;
  /** One person's word, good at once. */
  suspend(caller: Caller, statement: SignedStatement): Promise<GovernanceView>;
  /** Needs nobody of the roster: the signatures are those of recovery keys. */
  recover(request: RecoveryRequest): Promise<RecoveryView>;
  vetoRecovery(caller: Caller, statement: SignedStatement): Promise<GovernanceView>;
  /** Takes an approval back, until the credential is used. */
  withdraw(caller: Caller, release: ReleaseId, statement: SignedStatement): Promise<ReleaseView>;
  /** Records the review that is due after a shortcut. */
  recordReview(
    caller: Caller,
    release: ReleaseId,
    statement: SignedStatement,
  ): Promise<ReleaseView>;

  /** Genesis document, founders' signatures, and every change since; public. */
  genesis(): Promise<GenesisAnswer>;
  /** Newest signed note; `not-found` before the first. */
  checkpoint(): Promise<string>;
  /** C2SP tlog-tiles paths below `/log/`, such as `tile/0/000`; undefined for what is not there. */
  tile(
    path: string,
  ): Promise<{ readonly bytes: Uint8Array; readonly immutable: boolean } | undefined>;
  health(): Promise<{
    readonly ok: boolean;
    readonly ledgerSize: number;
    readonly signedSize: number;
    readonly now: string;
  }>;
}
