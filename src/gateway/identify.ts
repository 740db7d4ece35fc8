/** Who is calling: bearer tokens to callers, and what callers may touch. */
import { CountersignError } from '../core/errors.ts';
import { isActive, isSuspendedKey } from '../core/governance-state.ts';
import { session } from '../core/manifest.ts';
import type { PersonId, Sha256 } from '../core/names.ts';
import { openStatement, requireInstance } from '../evidence/signed-statement.ts';
import { CHALLENGE_RANDOM_BYTES, createChallenge, readChallenge } from '../identity/challenge.ts';
import { createToken, hashToken, TOKEN_RANDOM_BYTES, tokenKind } from '../identity/token.ts';
import type { GatewayDeps } from './deps.ts';
import { requireFresh } from './freshness.ts';
import type { Caller, IssuedSecret, SessionChallenge } from './gateway.ts';
import { readGovernance } from './governance.ts';
import type {
  ReleaseRow,
  SessionRow,
  SignedStatement,
  StoreReader,
  StoreTransaction,
} from './ports.ts';
import { addSeconds } from './record.ts';

const CHALLENGE_SECONDS = 120;

function unauthenticated(message: string, hint: string): CountersignError {
  return new CountersignError('unauthenticated', message, { hint });
}

/** The caller behind a bearer token; `anonymous` without one. Throws `unauthenticated`. */
export async function identify(deps: GatewayDeps, bearer: string | null): Promise<Caller> {
  if (bearer === null || bearer === '') return { kind: 'anonymous' };
  const kind = tokenKind(bearer);
  if (kind === null) {
    throw unauthenticated(
      'this token is not one of this gateway',
      'release open prints the upload credential of a release',
    );
  }
  const hash = await hashToken(deps.crypto, bearer);
  const now = deps.clock.now();
  if (kind === 'browser' || kind === 'link') {
    throw unauthenticated(
      'this token belongs to the pages of the gateway, and is no bearer token',
      'give --key FILE, or COUNTERSIGN_TOKEN in the environment',
    );
  }
  const read = { upload: uploadCaller, project: projectCaller, session: sessionCaller }[kind];
  return deps.store.read((tx) => read(tx, hash, now));
}

async function uploadCaller(tx: StoreReader, hash: Sha256, now: string): Promise<Caller> {
  const row = await tx.uploadCredential(hash);
  if (row === undefined || row.expiresAt <= now) {
    throw unauthenticated(
      'this upload credential is unknown or has expired',
      'open the release again for a new one',
    );
  }
  // A credential that sealing revoked still names its release: same bytes again is success.
  const { release, packages } = row;
  return { kind: 'upload', release, ...(packages === null ? {} : { packages }) };
}

async function projectCaller(tx: StoreReader, hash: Sha256, now: string): Promise<Caller> {
  const row = await tx.projectCredential(hash);
  if (row === undefined || row.expiresAt <= now || row.revokedAt !== null) {
    throw unauthenticated(
      'this project credential is unknown, expired or revoked',
      'countersign credential grant makes a new one',
    );
  }
  const { state } = await readGovernance(tx);
  if (!isActive(state, row.creator)) {
    throw unauthenticated(
      `${row.creator}, who made this credential, is suspended or not in the roster any more`,
      'somebody else grants a new one',
    );
  }
  return { kind: 'project', project: row.project, personId: row.creator, grant: row.grant };
}

async function sessionCaller(tx: StoreReader, hash: Sha256, now: string): Promise<Caller> {
  return (await identifySession(tx, hash, now)).caller;
}

/** The holder of a session of any kind, who is in the roster still. Throws `unauthenticated`. */
export async function identifySession(
  tx: StoreReader,
  hash: Sha256,
  now: string,
): Promise<{ readonly caller: Caller; readonly row: SessionRow }> {
  const row = await tx.session(hash);
  if (row === undefined || row.expiresAt <= now || row.revokedAt !== null) {
    throw unauthenticated(
      'this session is unknown, expired or closed',
      'the command line opens a new one by itself',
    );
  }
  const { roster, state } = await readGovernance(tx);
  const isKnown =
    row.kind === 'person'
      ? isActive(state, row.holder) && !isSuspendedKey(state, row.keyFingerprint)
      : roster.bots.some((one) => one.id === row.holder);
  if (!isKnown) {
    throw unauthenticated(
      `${row.holder}, or the key of this session, is suspended or not in the roster any more`,
      'ask the other people of the roster',
    );
  }
  return { caller: { kind: row.kind, personId: row.holder }, row };
}

/** A challenge to be signed within two minutes, good once. Nothing is stored for it. */
export async function startSession(deps: GatewayDeps): Promise<SessionChallenge> {
  const expiresAt = addSeconds(deps.clock.now(), CHALLENGE_SECONDS);
  const random = deps.random.bytes(CHALLENGE_RANDOM_BYTES);
  const challenge = await createChallenge(deps.crypto, deps.challengeKey, expiresAt, random);
  const { genesisDigest } = await deps.store.read(readGovernance);
  return { challenge, origin: deps.settings.origin, genesis: genesisDigest, expiresAt };
}

/** Trades a signed challenge for a short session. Throws `unauthenticated`, `signature-invalid`. */
export async function openSession(
  deps: GatewayDeps,
  signed: SignedStatement,
): Promise<IssuedSecret & { readonly personId: PersonId; readonly kind: 'person' | 'bot' }> {
  const governance = await deps.store.read(readGovernance);
  const opened = await openStatement(deps.crypto, signed, 'session', session, governance.roster);
  requireInstance(opened, governance.genesisDigest);
  const now = deps.clock.now();
  requireFresh(now, opened.predicate.issuedAt);
  if (opened.predicate.origin !== deps.settings.origin) {
    throw unauthenticated(
      `the session was signed for ${opened.predicate.origin}, this gateway is ${deps.settings.origin}`,
      'connect to the address that the configuration names as origin',
    );
  }
  const token = createToken('session', deps.random.bytes(TOKEN_RANDOM_BYTES));
  const hash = await hashToken(deps.crypto, token);
  const expiresAt = addSeconds(now, deps.settings.sessionSeconds);
  const kind = opened.holder.kind;
  const holder = opened.holder.kind === 'person' ? opened.holder.person.id : opened.holder.botId;
  const { challenge } = opened.predicate;
  const endsAt = await readChallenge(deps.crypto, deps.challengeKey, challenge);
  const spend = async (tx: StoreTransaction) =>
    endsAt !== null && endsAt > now && (await tx.spendChallenge(challenge, endsAt, now));
  await deps.store.transact(async (tx) => {
    if (!(await spend(tx))) {
      throw unauthenticated(
        'the challenge is unknown, used or older than two minutes',
        'ask for a new one and sign it',
      );
    }
    await tx.putSession({
      hash,
      holder,
      kind,
      via: 'terminal',
      keyFingerprint: opened.keyFingerprint,
      openedAt: now,
      expiresAt,
      revokedAt: null,
    });
  });
  return { token, expiresAt, personId: holder, kind };
}

export async function closeSession(deps: GatewayDeps, bearer: string): Promise<void> {
  const hash = await hashToken(deps.crypto, bearer);
  await deps.store.transact((tx) => tx.revokeSession(hash, deps.clock.now()));
}

/**
 * Any person, or the release's own credentials, may act on it; the name goes into the event. A
 * credential that is good for some packages only uploads them.
 */
export function requireActor(caller: Caller, release: ReleaseRow): string {
  const actor = requireReader(caller, release);
  if (caller.kind !== 'upload' || caller.packages === undefined) return actor;
  throw new CountersignError('forbidden', 'the credential of a CI run uploads its packages only', {
    hint: 'a person of the roster, or whoever holds a project credential, can do this',
  });
}

/** Who may see a release: people, and its own credentials. Returns who it is. */
export function requireReader(caller: Caller, release: ReleaseRow): string {
  switch (caller.kind) {
    case 'person':
      return caller.personId;
    case 'bot':
      return caller.personId;
    case 'project':
      // not the person: what CI does in their name can be told from what they do
      if (caller.project === release.project) return `ci:${caller.personId}`;
      break;
    case 'upload':
      if (caller.release === release.id) return `upload:${release.shortId}`;
      break;
    case 'anonymous':
      throw unauthenticated(
        'this call needs a credential',
        'give --key FILE, or COUNTERSIGN_TOKEN in the environment',
      );
  }
  throw new CountersignError('forbidden', `this credential is not for release ${release.shortId}`);
}

/** Only people of the roster. */
export function requirePersonCaller(caller: Caller): PersonId {
  if (caller.kind === 'person') return caller.personId;
  if (caller.kind === 'anonymous') {
    throw unauthenticated(
      'this call needs a person of the roster',
      'give --key FILE with your SSH key',
    );
  }
  throw new CountersignError(
    'forbidden',
    `this call needs a person of the roster, found a ${caller.kind} credential`,
  );
}
