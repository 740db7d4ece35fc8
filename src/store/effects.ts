import { CountersignError } from '../core/errors.ts';
import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

/** What a release does upstream: planned, intended, observed. */
export function readEffects(db: Queries): Pick<StoreReader, 'effects'> {
  return {
    effects: (release) =>
      db
        .selectFrom('effects')
        .selectAll()
        .where('release', '=', release)
        .orderBy('sequence')
        .execute(),
  };
}

/** One row per id and per place in the sequence; a change of none throws `not-found`. */
export function writeEffects(db: Queries): Pick<StoreTransaction, 'putEffect' | 'updateEffect'> {
  return {
    async putEffect(row) {
      await db.insertInto('effects').values(row).execute();
    },
    async updateEffect(row) {
      const { numUpdatedRows } = await db
        .updateTable('effects')
        .set(row)
        .where('id', '=', row.id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) {
        throw new CountersignError('not-found', `there is no effect ${row.id}`);
      }
    },
  };
}
