import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

const COLUMNS = [
  'credentialId',
  'person',
  'name',
  'publicKey',
  'algorithm',
  'relyingParty',
  'createdAt',
  'revokedAt',
] as const;

/** Passkeys that people sign in with, and links that are good once. */
export function readPasskeys(
  db: Queries,
): Pick<StoreReader, 'signInPasskey' | 'signInPasskeys' | 'entryLink'> {
  return {
    signInPasskey: (credentialId) =>
      db
        .selectFrom('signInPasskeys')
        .select(COLUMNS)
        .where('credentialId', '=', credentialId)
        .executeTakeFirst(),
    signInPasskeys: () => db.selectFrom('signInPasskeys').select(COLUMNS).orderBy('seq').execute(),
    entryLink: (hash) =>
      db.selectFrom('entryLinks').selectAll().where('hash', '=', hash).executeTakeFirst(),
  };
}

/** Revoking again keeps the first time; revoking nothing changes nothing. */
export function writePasskeys(
  db: Queries,
): Pick<
  StoreTransaction,
  'putSignInPasskey' | 'revokeSignInPasskey' | 'putEntryLink' | 'takeEntryLink'
> {
  return {
    async putSignInPasskey(row) {
      await db.insertInto('signInPasskeys').values(row).execute();
    },
    async revokeSignInPasskey(credentialId, at) {
      await db
        .updateTable('signInPasskeys')
        .set({ revokedAt: at })
        .where('credentialId', '=', credentialId)
        .where('revokedAt', 'is', null)
        .execute();
    },
    async putEntryLink(row) {
      await db.insertInto('entryLinks').values(row).execute();
    },
    async takeEntryLink(hash, now) {
      await db.deleteFrom('entryLinks').where('expiresAt', '<=', now).execute();
      return db.deleteFrom('entryLinks').where('hash', '=', hash).returningAll().executeTakeFirst();
    },
  };
}
