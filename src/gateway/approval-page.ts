/**
 * approve in a browser: what the approval page shows, and the statement that the person's passkey
 * signs. The page puts the statement together again from what it shows, and compares.
 */
import { type Enrolment, enrolment } from '../core/enrolment.ts';
import { CountersignError } from '../core/errors.ts';
import { isActive } from '../core/governance-state.ts';
import { type Approval, inspectionReport } from '../core/manifest.ts';
import type { PersonId, ReleaseId, Sha256 } from '../core/names.ts';
import type { PasskeySettings } from '../core/policy.ts';
import { findPerson, type Person } from '../core/roster.ts';
import { encodeApproval } from '../evidence/approval-statement.ts';
import { openEnrolment } from '../evidence/enrolment.ts';
import { answerable } from '../evidence/release-rules.ts';
import { encodeInstanceStatement, signedToJson } from '../evidence/signed-statement.ts';
import { decodeBase64, encodeBase64, encodeHex } from '../formats/base64.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8 } from '../formats/text.ts';
import { passkeyKeyId, requireCredentialId } from '../formats/webauthn.ts';
import { createToken, hashToken, TOKEN_RANDOM_BYTES } from '../identity/token.ts';
import type {
  ApprovalReview,
  Decision,
  EnrolmentReceipt,
  FreshPasskey,
} from './browser-gateway.ts';
import type { GatewayDeps } from './deps.ts';
import { requireText } from './document-text.ts';
import { requireCheckpoint } from './evidence.ts';
import type { Caller, IssuedSecret } from './gateway.ts';
import { type Governance, readDocument, readGovernance, requirePolicy } from './governance.ts';
import { requirePersonCaller } from './identify.ts';
import type { ReleaseRow, SignedStatement, StoreReader } from './ports.ts';
import { addSeconds, requireRelease } from './record.ts';
import { identifyBrowser, openBrowserSession } from './sign-in.ts';
import { composeView, readManifest } from './view.ts';

/** From one origin to the next, by a redirect. */
const LEAD_SECONDS = 60;

export function findApprovalSite(deps: GatewayDeps): Promise<PasskeySettings | null> {
  return deps.store.read(async (tx) => (await readGovernance(tx)).policy.passkeys ?? null);
}

function requireSite({ policy }: Governance): PasskeySettings {
  if (policy.passkeys !== undefined) return policy.passkeys;
  throw new CountersignError('not-found', 'the signed rules name no passkeys', {
    hint: 'approve in a terminal, or propose passkeys in countersign.yaml',
  });
}

/** `path` is where on the approval origin the person wants to go. */
export async function leadToApproval(
  deps: GatewayDeps,
  token: string,
  path: string,
): Promise<string> {
  const { caller } = await identifyBrowser(deps, token, 'sign-in');
  const link = createToken('link', deps.random.bytes(TOKEN_RANDOM_BYTES));
  const hash = await hashToken(deps.crypto, link);
  const expiresAt = addSeconds(deps.clock.now(), LEAD_SECONDS);
  const session = await hashToken(deps.crypto, token);
  const origin = await deps.store.transact(async (tx) => {
    const { origins } = requireSite(await readGovernance(tx));
    const keyFingerprint = (await tx.session(session))?.keyFingerprint ?? '';
    const person = caller.personId;
    await tx.putEntryLink({ hash, kind: 'approval', person, keyFingerprint, expiresAt });
    return origins[0] ?? '';
  });
  return `${origin}${path}#${link}`;
}

/** The session ends with the one that it came of: both name the same key. */
export async function enterApproval(deps: GatewayDeps, link: string): Promise<IssuedSecret> {
  const hash = await hashToken(deps.crypto, link);
  const now = deps.clock.now();
  return deps.store.transact(async (tx) => {
    const taken = await tx.takeEntryLink(hash, now);
    const isOpen = (await tx.liveSessions(now)).some(
      (one) => one.via === 'sign-in' && one.keyFingerprint === taken?.keyFingerprint,
    );
    if (taken?.kind !== 'approval' || !isOpen) {
      throw new CountersignError('unauthenticated', 'this link is unknown, used or too old', {
        hint: 'sign in, and choose the release again',
      });
    }
    return openBrowserSession(tx, deps, taken.person, 'approval', taken.keyFingerprint);
  });
}

export function readApprovalReview(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
): Promise<ApprovalReview> {
  const personId = requirePersonCaller(caller);
  return deps.store.read(async (tx) => {
    const release = await requireRelease(tx, id);
    const governance = await readGovernance(tx);
    const { relyingParty } = requireSite(governance);
    const person = requirePerson(governance, personId);
    const manifestDigest = requireManifest(release);
    const report = await requireReport(tx, release);
    const policy = requirePolicy(governance.policy, release.policyName);
    const named = [
      ...report.summaries.map((one) => one.summary),
      ...report.inputs.baselines.map((one) => one.summary),
      ...(report.inputs.newest ?? []).flatMap(({ files }) =>
        files.flatMap((one) => one.summary ?? []),
      ),
    ];
    return {
      release: await composeView(deps, tx, release),
      genesis: governance.genesisDigest,
      manifest: await requireText(tx, manifestDigest),
      report: await requireText(tx, release.report ?? manifestDigest),
      policyDocument: await requireText(tx, release.policyDigest),
      summaries: await Promise.all([...new Set(named)].map((one) => requireText(tx, one))),
      rule: policy.approvals,
      ...answerable(report, policy),
      person: { id: person.id, name: person.name },
      passkeys: await Promise.all(
        (person.passkeys ?? [])
          .filter((one) => one.relyingParty === relyingParty)
          .map(async ({ credentialId, publicKey }) => ({
            credentialId,
            key: await passkeyKeyId(decodeBase64(publicKey, 'the passkey'), deps.crypto),
          })),
      ),
      relyingParty,
    };
  });
}

function requirePerson({ roster, state }: Governance, id: PersonId): Person {
  const person = findPerson(roster, id);
  if (person !== undefined && isActive(state, id)) return person;
  throw new CountersignError('unauthenticated', `${id} is not in the roster`);
}

function requireManifest(release: ReleaseRow): Sha256 {
  if (release.manifest !== null) return release.manifest;
  throw new CountersignError(
    'state-conflict',
    `release ${release.shortId} is ${release.state} and has no manifest yet`,
  );
}

function requireReport(tx: StoreReader, release: ReleaseRow) {
  return readDocument(
    tx,
    release.report ?? requireManifest(release),
    inspectionReport,
    'inspection report',
  );
}

/** The payload, in base64; `client` says browser, and nothing else is believed of a passkey. */
export function composeApproval(
  deps: GatewayDeps,
  caller: Caller,
  id: ReleaseId,
  decision: Decision,
): Promise<string> {
  const person = requirePersonCaller(caller);
  return deps.store.read(async (tx) => {
    const release = await requireRelease(tx, id);
    const governance = await readGovernance(tx);
    requireSite(governance);
    const digest = requireManifest(release);
    const manifest = await readManifest(tx, release);
    const { expiresSeconds } = requirePolicy(governance.policy, release.policyName).approvals;
    const checkpoint = await requireCheckpoint(tx);
    const issuedAt = deps.clock.now();
    const approval: Approval = {
      schema: 'countersign/approval/v1',
      genesis: governance.genesisDigest,
      manifest: digest,
      release: release.id,
      attempt: release.attempt,
      person,
      ...decision,
      client: 'browser',
      issuedAt,
      expiresAt: addSeconds(issuedAt, expiresSeconds),
      checkpointSeen: {
        origin: governance.genesis.keys.ledger.split('+')[0] ?? '',
        size: checkpoint.size,
        root: encodeHex(checkpoint.root) as Sha256,
      },
    };
    return encodeBase64(encodeApproval(manifest, digest, approval));
  });
}

export function composeEnrolment(
  deps: GatewayDeps,
  caller: Caller,
  key: FreshPasskey,
): Promise<string> {
  const person = requirePersonCaller(caller);
  return deps.store.read(async (tx) => {
    const governance = await readGovernance(tx);
    const predicate: Enrolment = {
      schema: 'countersign/enrolment/v1',
      genesis: governance.genesisDigest,
      person,
      credentialId: requireCredentialId(key.credentialId),
      publicKey: key.publicKey,
      algorithm: key.algorithm,
      relyingParty: requireSite(governance).relyingParty,
      issuedAt: deps.clock.now(),
    };
    enrolment(predicate, 'enrolment');
    const payload = encodeInstanceStatement('enrolment', governance.genesisDigest, predicate);
    return encodeBase64(payload);
  });
}

/** A good enrolment changes nothing: people vote for it first. */
export function checkEnrolment(
  deps: GatewayDeps,
  caller: Caller,
  signed: SignedStatement,
): Promise<EnrolmentReceipt> {
  const person = requirePersonCaller(caller);
  return deps.store.read(async (tx) => {
    const governance = await readGovernance(tx);
    const opened = await openEnrolment(
      deps.crypto,
      signed,
      governance.genesisDigest,
      requireSite(governance),
    );
    if (opened.predicate.person !== person) {
      throw new CountersignError(
        'forbidden',
        `the session is ${person}'s, the enrolment ${opened.predicate.person}'s`,
      );
    }
    return {
      keyFingerprint: opened.keyFingerprint,
      document: decodeUtf8(encodeCanonical(signedToJson(signed))),
    };
  });
}
