/** Who is signed in with what; anyone of the roster ends a session or a sign-in passkey at once. */
import { CountersignError } from '../core/errors.ts';
import { decodeBase64 } from '../formats/base64.ts';
import { passkeyKeyId } from '../formats/webauthn.ts';
import type { PasskeyView, SessionView } from './browser-gateway.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller } from './gateway.ts';
import { requirePersonCaller } from './identify.ts';
import type { SessionRow } from './ports.ts';
import { viewPasskey } from './sign-in.ts';

/** Of the hash of the token: enough to tell sessions apart, and no way back. */
const ID_CHARACTERS = 16;

export async function listSessions(
  deps: GatewayDeps,
  caller: Caller,
): Promise<readonly SessionView[]> {
  requirePersonCaller(caller);
  return (await deps.store.read((tx) => tx.liveSessions(deps.clock.now()))).map(viewSession);
}

function viewSession(row: SessionRow): SessionView {
  const { hash, holder, kind, via, keyFingerprint: key, openedAt, expiresAt } = row;
  return { id: hash.slice(0, ID_CHARACTERS), holder, kind, via, key, openedAt, expiresAt };
}

export async function revokeSession(
  deps: GatewayDeps,
  caller: Caller,
  id: string,
): Promise<readonly SessionView[]> {
  const person = requirePersonCaller(caller);
  const now = deps.clock.now();
  const left = await deps.store.transact(async (tx) => {
    const rows = await tx.liveSessions(now);
    const found = rows.filter((row) => viewSession(row).id === id);
    if (found.length === 0) {
      throw new CountersignError('not-found', `there is no open session ${id.slice(0, 60)}`, {
        hint: 'countersign session list shows them',
      });
    }
    for (const row of found) await tx.revokeSession(row.hash, now);
    return rows.filter((row) => !found.includes(row));
  });
  deps.log.info('session.revoked', { person, session: id });
  return left.map(viewSession);
}

export async function listPasskeys(
  deps: GatewayDeps,
  caller: Caller,
): Promise<readonly PasskeyView[]> {
  requirePersonCaller(caller);
  return (await deps.store.read((tx) => tx.signInPasskeys())).map(viewPasskey);
}

export async function revokePasskey(
  deps: GatewayDeps,
  caller: Caller,
  credentialId: string,
): Promise<readonly PasskeyView[]> {
  const person = requirePersonCaller(caller);
  const now = deps.clock.now();
  const rows = await deps.store.transact(async (tx) => {
    const row = await tx.signInPasskey(credentialId);
    if (row === undefined) {
      throw new CountersignError('not-found', 'there is no such passkey to sign in with', {
        hint: 'countersign passkey list shows them',
      });
    }
    await tx.revokeSignInPasskey(credentialId, now);
    const key = await passkeyKeyId(decodeBase64(row.publicKey, 'the passkey'), deps.crypto);
    await tx.revokeSessionsOfKey(key, now);
    return tx.signInPasskeys();
  });
  deps.log.info('passkey.revoked', { person, credential: credentialId });
  return rows.map(viewPasskey);
}
