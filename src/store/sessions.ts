import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

/** Sessions of people and bots, by the hash of the secret. */
export function readSessions(db: Queries): Pick<StoreReader, 'session'> {
  return {
    session: (hash) =>
      db.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst(),
  };
}

/** Sessions, and the challenges that people sign to get one. */
export function writeSessions(
  db: Queries,
): Pick<StoreTransaction, 'putSession' | 'revokeSession' | 'putChallenge' | 'takeChallenge'> {
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
    async putChallenge(challenge, expiresAt) {
      await db.insertInto('challenges').values({ challenge, expiresAt }).execute();
    },
    async takeChallenge(challenge, now) {
      const taken = await db
        .deleteFrom('challenges')
        .where('challenge', '=', challenge)
        .returning('expiresAt')
        .executeTakeFirst();
      // anyone may ask for challenges and walk away; this is what keeps the table small
      await db.deleteFrom('challenges').where('expiresAt', '<=', now).execute();
      return taken !== undefined && taken.expiresAt > now;
    },
  };
}
