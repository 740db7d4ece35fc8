/**
 * sign in: a passkey of its own kind opens a short session for a browser. It identifies a person
 * and signs for nothing: what ships is signed with other keys, on another origin.
 */
import { CountersignError, isCountersignError } from '../core/errors.ts';
import { isActive } from '../core/governance-state.ts';
import type { PersonId } from '../core/names.ts';
import { findPerson, type Person } from '../core/roster.ts';
import { decodeBase64, decodeBase64url } from '../formats/base64.ts';
import {
  type PasskeyKey,
  passkeyKeyId,
  requireCredentialId,
  verifyAssertion,
} from '../formats/webauthn.ts';
import { CHALLENGE_RANDOM_BYTES, createChallenge, readChallenge } from '../identity/challenge.ts';
import { createToken, hashToken, TOKEN_RANDOM_BYTES, tokenKind } from '../identity/token.ts';
import type {
  BrowserCaller,
  FreshPasskey,
  PasskeyView,
  SignInAnswer,
  SignInQuestion,
} from './browser-gateway.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller, IssuedSecret } from './gateway.ts';
import { readGovernance } from './governance.ts';
import { identifySession, requirePersonCaller } from './identify.ts';
import type { SessionRow, SignInPasskeyRow, StoreReader, StoreTransaction } from './ports.ts';
import { addSeconds } from './record.ts';

const CHALLENGE_SECONDS = 120;
const LINK_SECONDS = 900;

function unauthenticated(message: string, hint: string): CountersignError {
  return new CountersignError('unauthenticated', message, { hint });
}

/** Whose cookie it is. */
export async function identifyBrowser(
  deps: GatewayDeps,
  token: string,
  via: SessionRow['via'],
): Promise<BrowserCaller> {
  if (tokenKind(token) !== 'browser') {
    throw unauthenticated('this is no session of a browser', 'sign in');
  }
  const hash = await hashToken(deps.crypto, token);
  return deps.store.read(async (tx) => {
    const { caller, row } = await identifySession(tx, hash, deps.clock.now());
    if (row.via !== via || caller.kind !== 'person') {
      throw unauthenticated(`this session is for ${row.via}, not for ${via}`, 'sign in');
    }
    return { caller, expiresAt: row.expiresAt };
  });
}

/** The relying party of sign-in: the host of the gateway's own origin. */
function relyingPartyOf(deps: GatewayDeps): string {
  return new URL(deps.settings.origin).hostname;
}

/** A challenge for the browser, good once and for two minutes. Nothing is stored for it. */
export async function askSignIn(deps: GatewayDeps): Promise<SignInQuestion> {
  const expiresAt = addSeconds(deps.clock.now(), CHALLENGE_SECONDS);
  const random = deps.random.bytes(CHALLENGE_RANDOM_BYTES);
  const challenge = await createChallenge(deps.crypto, deps.challengeKey, expiresAt, random);
  return { challenge, relyingParty: relyingPartyOf(deps) };
}

export async function findPasskeyOwner(
  deps: GatewayDeps,
  credentialId: string,
): Promise<PersonId | null> {
  const row = await deps.store.read((tx) => tx.signInPasskey(credentialId));
  return row?.person ?? null;
}

/** Step 1: the passkey is known. Step 2: it signed. Step 3: our challenge, never used before. */
export async function signIn(deps: GatewayDeps, answer: SignInAnswer): Promise<IssuedSecret> {
  const { credentialId } = answer.assertion;
  const row = await deps.store.read((tx) => tx.signInPasskey(credentialId));
  if (row === undefined || row.revokedAt !== null) throw notSignedIn();
  const key = keyOf(row);
  await requireAssertion(deps, key, answer);
  const keyFingerprint = await passkeyKeyId(key.publicKey, deps.crypto);
  return deps.store.transact(async (tx) => {
    await requireMember(tx, row.person);
    await spendChallenge(tx, deps, answer.challenge);
    return openBrowserSession(tx, deps, row.person, 'sign-in', keyFingerprint);
  });
}

function notSignedIn(cause?: unknown): CountersignError {
  return new CountersignError('unauthenticated', 'this passkey does not sign in here', {
    hint: 'enrol one: countersign passkey link',
    cause,
  });
}

function keyOf(passkey: FreshPasskey): PasskeyKey {
  return {
    credentialId: requireCredentialId(passkey.credentialId),
    publicKey: decodeBase64(passkey.publicKey, 'the passkey', 'malformed-signature'),
    algorithm: passkey.algorithm,
  };
}

/** One refusal for everything, so that nobody learns which step failed. */
async function requireAssertion(
  deps: GatewayDeps,
  key: PasskeyKey,
  { challenge, assertion }: SignInAnswer,
): Promise<void> {
  try {
    await verifyAssertion(deps.crypto, assertion, {
      key,
      challenge: decodeBase64url(challenge, 'the challenge', 'malformed-signature'),
      relyingParty: relyingPartyOf(deps),
      origins: [deps.settings.origin],
    });
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    throw notSignedIn(error);
  }
}

async function spendChallenge(
  tx: StoreTransaction,
  deps: GatewayDeps,
  challenge: string,
): Promise<void> {
  const now = deps.clock.now();
  const endsAt = await readChallenge(deps.crypto, deps.challengeKey, challenge);
  if (endsAt !== null && endsAt > now && (await tx.spendChallenge(challenge, endsAt, now))) return;
  throw unauthenticated(
    'the challenge is unknown, used or older than two minutes',
    'load the page again',
  );
}

async function requireMember(tx: StoreReader, id: PersonId): Promise<Person> {
  const { roster, state } = await readGovernance(tx);
  const person = findPerson(roster, id);
  if (person !== undefined && isActive(state, id)) return person;
  throw unauthenticated(
    `${id} is suspended or not in the roster`,
    'ask the other people of the roster',
  );
}

/** A session that only the pages of `via` take. */
export async function openBrowserSession(
  tx: StoreTransaction,
  deps: GatewayDeps,
  holder: PersonId,
  via: 'sign-in' | 'approval',
  keyFingerprint: string,
): Promise<IssuedSecret> {
  const token = createToken('browser', deps.random.bytes(TOKEN_RANDOM_BYTES));
  const openedAt = deps.clock.now();
  const expiresAt = addSeconds(openedAt, deps.settings.sessionSeconds);
  await tx.putSession({
    hash: await hashToken(deps.crypto, token),
    holder,
    kind: 'person',
    via,
    keyFingerprint,
    openedAt,
    expiresAt,
    revokedAt: null,
  });
  return { token, expiresAt };
}

/** The sessions of the approval origin, which came of this one, end with it. */
export async function signOut(deps: GatewayDeps, token: string): Promise<void> {
  const hash = await hashToken(deps.crypto, token);
  await deps.store.transact(async (tx) => {
    const row = await tx.session(hash);
    if (row !== undefined) await tx.revokeSessionsOfKey(row.keyFingerprint, deps.clock.now());
  });
}

/** Whoever asks has just proved an SSH key: a browser's session does not come here. */
export async function linkPasskey(
  deps: GatewayDeps,
  caller: Caller,
): Promise<IssuedSecret & { readonly url: string }> {
  const person = requirePersonCaller(caller);
  const token = createToken('link', deps.random.bytes(TOKEN_RANDOM_BYTES));
  const hash = await hashToken(deps.crypto, token);
  const expiresAt = addSeconds(deps.clock.now(), LINK_SECONDS);
  await deps.store.transact((tx) =>
    tx.putEntryLink({ hash, kind: 'passkey', person, keyFingerprint: 'terminal', expiresAt }),
  );
  // in the fragment: it is sent to no server, and stands in no log
  return { token, expiresAt, url: `${deps.settings.origin}/sign-in/enrol#${token}` };
}

export async function readPasskeyLink(deps: GatewayDeps, link: string) {
  const hash = await hashToken(deps.crypto, link);
  const person = await deps.store.read(async (tx) => {
    const row = await tx.entryLink(hash);
    if (row?.kind !== 'passkey' || row.expiresAt <= deps.clock.now()) throw noSuchLink();
    return requireMember(tx, row.person);
  });
  return { ...(await askSignIn(deps)), person: { id: person.id, name: person.name } };
}

function noSuchLink(): CountersignError {
  return unauthenticated(
    'this link is unknown, used or older than 15 minutes',
    'make a new one: countersign passkey link',
  );
}

/** The assertion shows that the person holds the key, and that the device verifies them. */
export async function enrolSignIn(
  deps: GatewayDeps,
  link: string,
  fresh: FreshPasskey & { readonly name: string },
  answer: SignInAnswer,
): Promise<PasskeyView> {
  const hash = await hashToken(deps.crypto, link);
  await requireAssertion(deps, keyOf(fresh), answer);
  const now = deps.clock.now();
  return deps.store.transact(async (tx) => {
    const taken = await tx.takeEntryLink(hash, now);
    if (taken?.kind !== 'passkey') throw noSuchLink();
    await requireMember(tx, taken.person);
    await spendChallenge(tx, deps, answer.challenge);
    const { credentialId, publicKey, algorithm, name } = fresh;
    const row: SignInPasskeyRow = {
      ...{ credentialId, publicKey, algorithm, name },
      person: taken.person,
      relyingParty: relyingPartyOf(deps),
      createdAt: now,
      revokedAt: null,
    };
    await tx.putSignInPasskey(row);
    return viewPasskey(row);
  });
}

export function viewPasskey(row: SignInPasskeyRow): PasskeyView {
  const { credentialId, person, name, createdAt, revokedAt } = row;
  return { credentialId, person, name, createdAt, revokedAt };
}
