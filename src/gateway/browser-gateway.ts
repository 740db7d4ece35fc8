/**
 * What the pages for browsers call: signing in with a passkey, sessions, and the approval pages.
 * Part of the `Gateway`; each method is in one of the files beside this one.
 */
import type { Enrolment } from '../core/enrolment.ts';
import type { Approval } from '../core/manifest.ts';
import type { PersonId, ReleaseId, Sha256 } from '../core/names.ts';
import type { ApprovalRule, PasskeySettings } from '../core/policy.ts';
import type { PasskeyAssertion } from '../formats/webauthn.ts';
import type { Caller, IssuedSecret, ReleaseView } from './gateway.ts';
import type { SignedStatement } from './ports.ts';

/** The person behind a cookie. */
export interface BrowserCaller {
  readonly caller: Caller & { readonly kind: 'person' };
  readonly expiresAt: string;
}

/** What `navigator.credentials.get` is asked with to sign in. */
export interface SignInQuestion {
  readonly challenge: string;
  readonly relyingParty: string;
}

export interface SignInAnswer {
  readonly challenge: string;
  readonly assertion: PasskeyAssertion;
}

/** A key that a browser has just made; `publicKey` is the SPKI in base64. */
export interface FreshPasskey {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly algorithm: Enrolment['algorithm'];
}

/** A passkey to sign in with. */
export interface PasskeyView {
  readonly credentialId: string;
  readonly person: PersonId;
  readonly name: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

/** A session that is open; `id` names it and opens nothing. */
export interface SessionView {
  readonly id: string;
  readonly holder: PersonId;
  readonly kind: 'person' | 'bot';
  readonly via: 'terminal' | 'sign-in' | 'approval';
  readonly key: string;
  readonly openedAt: string;
  readonly expiresAt: string;
}

/** What the approval page shows: canonical texts, to be hashed there, and who is looking. */
export interface ApprovalReview {
  readonly release: ReleaseView;
  readonly genesis: Sha256;
  readonly manifest: string;
  readonly report: string;
  /** The signed rules that the manifest names: where each package goes. */
  readonly policyDocument: string;
  /** What the artifacts hold, and those of the version before, each named by digest in the report. */
  readonly summaries: readonly string[];
  readonly rule: ApprovalRule;
  readonly toAcknowledge: readonly string[];
  readonly toWaive: readonly string[];
  readonly person: { readonly id: PersonId; readonly name: string };
  /** The person's approval passkeys, as far as they are of `relyingParty`. */
  readonly passkeys: readonly { readonly credentialId: string; readonly key: string }[];
  readonly relyingParty: string;
}

/** What the person decided; the rest of the statement is the gateway's to compose. */
export type Decision = Pick<Approval, 'decision' | 'acknowledged' | 'waived' | 'reason'>;

/** `document` is the signed statement as canonical JSON, for a proposal to take up. */
export interface EnrolmentReceipt {
  readonly keyFingerprint: string;
  readonly document: string;
}

export interface BrowserGateway {
  /** The person of a cookie made for `via`. Throws `unauthenticated`. */
  identifyBrowser(token: string, via: 'sign-in' | 'approval'): Promise<BrowserCaller>;
  signInQuestion(): Promise<SignInQuestion>;
  /** Whose passkey it is, revoked or not; null for one that nobody has. */
  passkeyOwner(credentialId: string): Promise<PersonId | null>;
  /** Throws `unauthenticated` for anything but a fresh assertion of a passkey that is enrolled. */
  signIn(answer: SignInAnswer): Promise<IssuedSecret>;
  /** Ends this session and every other that the same passkey opened. */
  signOut(token: string): Promise<void>;

  /** A link, good once, with which the caller (at a terminal) enrols a passkey to sign in with. */
  linkPasskey(caller: Caller): Promise<IssuedSecret & { readonly url: string }>;
  /** Whose link it is, and what to ask the browser with. Throws `unauthenticated`. */
  readPasskeyLink(
    link: string,
  ): Promise<
    SignInQuestion & { readonly person: { readonly id: PersonId; readonly name: string } }
  >;
  /** Takes the link. Throws `unauthenticated`, `signature-invalid`. */
  enrolSignIn(
    link: string,
    key: FreshPasskey & { readonly name: string },
    answer: SignInAnswer,
  ): Promise<PasskeyView>;
  passkeys(caller: Caller): Promise<readonly PasskeyView[]>;
  /** Ends the passkey and its sessions; any person may. Answers all passkeys. Throws `not-found`. */
  revokePasskey(caller: Caller, credentialId: string): Promise<readonly PasskeyView[]>;
  sessions(caller: Caller): Promise<readonly SessionView[]>;
  /** Ends one session; any person may. Answers those that are left. Throws `not-found`. */
  revokeSession(caller: Caller, id: string): Promise<readonly SessionView[]>;

  /** Where approval pages are, by the signed rules; null without passkeys. */
  approvalSite(): Promise<PasskeySettings | null>;
  /** The address at which a person who signed in goes on to the approval pages; good once. */
  leadToApproval(token: string, path: string): Promise<string>;
  /** Trades what `leadToApproval` gave for a session of the approval pages. */
  enterApproval(link: string): Promise<IssuedSecret>;
  approvalReview(caller: Caller, release: ReleaseId): Promise<ApprovalReview>;
  /** The payload that the person's passkey is to sign, in base64. */
  composeApproval(caller: Caller, release: ReleaseId, decision: Decision): Promise<string>;
  composeEnrolment(caller: Caller, key: FreshPasskey): Promise<string>;
  /** Checks an enrolment and gives it back as a document. Nothing is stored. */
  checkEnrolment(caller: Caller, statement: SignedStatement): Promise<EnrolmentReceipt>;
}
