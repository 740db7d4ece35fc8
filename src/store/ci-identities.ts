import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

/** Which CI runs asked for a release. Their documents stand among the others. */
export function readCiIdentities(db: Queries): Pick<StoreReader, 'ciIdentities'> {
  return {
    ciIdentities: (release) =>
      db
        .selectFrom('ciIdentities')
        .select(['digest', 'release', 'recordedAt', 'ledgerIndex'])
        .where('release', '=', release)
        .orderBy('seq')
        .execute(),
  };
}

export function writeCiIdentities(db: Queries): Pick<StoreTransaction, 'putCiIdentity'> {
  return {
    async putCiIdentity(row) {
      await db.insertInto('ciIdentities').values(row).execute();
    },
  };
}
