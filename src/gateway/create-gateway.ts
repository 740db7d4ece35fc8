/** All use cases behind the one interface that the outside knows. */
import { adoptRelease } from './adopt.ts';
import {
  checkEnrolment,
  composeApproval,
  composeEnrolment,
  enterApproval,
  findApprovalSite,
  leadToApproval,
  readApprovalReview,
} from './approval-page.ts';
import { recordApproval } from './approve.ts';
import type { BrowserGateway } from './browser-gateway.ts';
import { depositCredential, listVault } from './deposit.ts';
import type { GatewayDeps } from './deps.ts';
import { cancelRelease } from './end.ts';
import { ciAudience, endUpload, exchangeCiToken } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { readGenesis, showGovernance } from './governance-view.ts';
import { grantCredential, listGrants, revokeGrant } from './grant.ts';
import { closeSession, identify, openSession, startSession } from './identify.ts';
import { inspectAgain } from './inspect-again.ts';
import { readCheckpoint, readTile } from './log.ts';
import { openRelease } from './open.ts';
import {
  castBallot,
  listProposals,
  makeProposal,
  readProposal,
  resolveProposal,
} from './propose.ts';
import { publishRelease, resumeRelease } from './publish.ts';
import {
  findUpstream,
  listReleases,
  readArtifact,
  readEvidence,
  readHeld,
  readRelease,
  readReport,
  readReview,
  resolveRelease,
} from './read.ts';
import { beginUpload } from './receive.ts';
import { startRecovery, vetoRecovery } from './recover.ts';
import { sealRelease } from './seal.ts';
import { listPasskeys, listSessions, revokePasskey, revokeSession } from './sessions.ts';
import {
  askSignIn,
  enrolSignIn,
  findPasskeyOwner,
  identifyBrowser,
  linkPasskey,
  readPasskeyLink,
  signIn,
  signOut,
} from './sign-in.ts';
import { suspendSubject } from './suspend.ts';
import { reviewRelease, withdrawApproval } from './withdraw.ts';

export function createGateway(deps: GatewayDeps): Gateway {
  return {
    identify: (bearer) => identify(deps, bearer),
    challenge: () => startSession(deps),
    openSession: (statement) => openSession(deps, statement),
    closeSession: (bearer) => closeSession(deps, bearer),
    ...browserMethods(deps),
    exchange: (request) => exchangeCiToken(deps, request),
    endUpload: (token) => endUpload(deps, token),
    ciAudience: () => ciAudience(deps),
    open: (caller, request) => openRelease(deps, caller, request),
    adopt: (caller, id, statement) => adoptRelease(deps, caller, id, statement),
    beginUpload: (caller) => beginUpload(deps, caller),
    seal: (caller, id) => sealRelease(deps, caller, id),
    inspectAgain: (caller, id) => inspectAgain(deps, caller, id),
    cancel: (caller, id, reason) => cancelRelease(deps, caller, id, reason),
    approve: (caller, id, statement) => recordApproval(deps, caller, id, statement),
    publish: (caller, id) => publishRelease(deps, caller, id),
    resume: (caller, id) => resumeRelease(deps, caller, id),
    resolveRelease: (reference) => resolveRelease(deps, reference),
    release: (caller, id) => readRelease(deps, caller, id),
    releases: (caller, filter) => listReleases(deps, caller, filter),
    report: (caller, id) => readReport(deps, caller, id),
    review: (caller, id) => readReview(deps, caller, id),
    evidence: (caller, id) => readEvidence(deps, caller, id),
    artifact: (caller, id, sha256) => readArtifact(deps, caller, id, sha256),
    held: (caller, ecosystem, name) => readHeld(deps, caller, ecosystem, name),
    upstreamOf: (ecosystem, name) => findUpstream(deps, ecosystem, name),
    grant: (caller, statement) => grantCredential(deps, caller, statement),
    grants: (caller, project) => listGrants(deps, caller, project),
    revokeGrant: (caller, project, name) => revokeGrant(deps, caller, project, name),
    deposit: (caller, statement, sealed) => depositCredential(deps, caller, statement, sealed),
    vault: (caller) => listVault(deps, caller),
    propose: (caller, request) => makeProposal(deps, caller, request),
    ballot: (caller, digest, statement) => castBallot(deps, caller, digest, statement),
    resolveProposal: (reference) => resolveProposal(deps, reference),
    proposal: (caller, digest) => readProposal(deps, caller, digest),
    proposals: (caller) => listProposals(deps, caller),
    governance: (caller) => showGovernance(deps, caller),
    suspend: (caller, statement) => suspendSubject(deps, caller, statement),
    recover: (request) => startRecovery(deps, request),
    vetoRecovery: (caller, statement) => vetoRecovery(deps, caller, statement),
    withdraw: (caller, id, statement) => withdrawApproval(deps, caller, id, statement),
    recordReview: (caller, id, statement) => reviewRelease(deps, caller, id, statement),
    genesis: () => deps.store.read(readGenesis),
    checkpoint: () => readCheckpoint(deps),
    tile: (path) => readTile(deps, path),
    health: async () => {
      const [ledgerSize, signed] = await deps.store.read(
        async (tx) => [await tx.ledgerSize(), await tx.latestCheckpoint()] as const,
      );
      const signedSize = signed?.size ?? 0;
      return {
        ok: ledgerSize > 0 && signedSize > 0,
        ledgerSize,
        signedSize,
        now: deps.clock.now(),
      };
    },
  };
}

function browserMethods(deps: GatewayDeps): BrowserGateway {
  return {
    identifyBrowser: (token, via) => identifyBrowser(deps, token, via),
    signInQuestion: () => askSignIn(deps),
    passkeyOwner: (credentialId) => findPasskeyOwner(deps, credentialId),
    signIn: (answer) => signIn(deps, answer),
    signOut: (token) => signOut(deps, token),
    linkPasskey: (caller) => linkPasskey(deps, caller),
    readPasskeyLink: (link) => readPasskeyLink(deps, link),
    enrolSignIn: (link, key, answer) => enrolSignIn(deps, link, key, answer),
    passkeys: (caller) => listPasskeys(deps, caller),
    revokePasskey: (caller, credentialId) => revokePasskey(deps, caller, credentialId),
    sessions: (caller) => listSessions(deps, caller),
    revokeSession: (caller, id) => revokeSession(deps, caller, id),
    approvalSite: () => findApprovalSite(deps),
    leadToApproval: (token, path) => leadToApproval(deps, token, path),
    enterApproval: (link) => enterApproval(deps, link),
    approvalReview: (caller, id) => readApprovalReview(deps, caller, id),
    composeApproval: (caller, id, decision) => composeApproval(deps, caller, id, decision),
    composeEnrolment: (caller, key) => composeEnrolment(deps, caller, key),
    checkEnrolment: (caller, statement) => checkEnrolment(deps, caller, statement),
  };
}
