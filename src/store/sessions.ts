import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

/** Sessions of people and bots, by the hash of the secret. */
export function readSessions(db: Queries): Pick<StoreReader, 'session' | 'liveSessions'> {
  return {
    session: (hash) =>
      db.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst(),
    liveSessions: (now) =>
      db
        .selectFrom('sessions')
        .selectAll()
        .where('expiresAt', '>', now)
        .where('revokedAt', 'is', null)
        .orderBy('openedAt')
        .orderBy('hash')
        .execute(),
  };
}

/** Sessions, and the challenges that were signed to get one. */
export function writeSessions(
  db: Queries,
): Pick<
  StoreTransaction,
  'putSession' | 'revokeSession' | 'revokeSessionsOfKey' | 'spendChallenge'
> {
  return {
    async putSession(row) {
      await db.insertInto('sessions').values(row).execute();
    },
    async revokeSession(hash, at) {
      await db
        .updateTable('sessions')
        .set({ revokedAt: at })
        .where('hash', '=', hash)
        .where('revokedAt', 'is', null)
        .execute();
    },
    async revokeSessionsOfKey(keyFingerprint, at) {
      await db
        .updateTable('sessions')
        .set({ revokedAt: at })
        .where('keyFingerprint', '=', keyFingerprint)
        .where('revokedAt', 'is', null)
        .execute();
    },
    async spendChallenge(challenge, expiresAt, now) {
      await db.deleteFrom('challenges').where('expiresAt', '<=', now).execute();
      const spent = await db
        .insertInto('challenges')
        .values({ challenge, expiresAt })
        .onConflict((conflict) => conflict.column('challenge').doNothing())
        .returning('challenge')
        .executeTakeFirst();
      return spent !== undefined;
    },
  };
}
