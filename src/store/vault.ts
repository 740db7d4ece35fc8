import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

/** Sealed deposits and encrypted secrets; nothing in clear. */
export function readVault(db: Queries): Pick<StoreReader, 'vault'> {
  return {
    vault: () =>
      db
        .selectFrom('vault')
        .select([
          'name',
          'version',
          'deposit',
          'envelope',
          'upstream',
          'origin',
          'statement',
          'createdAt',
          'expiresAt',
          'disabledAt',
          'note',
        ])
        .orderBy('seq')
        .execute(),
  };
}

/** One row per name and version, which a later `putVault` replaces in its place. */
export function writeVault(db: Queries): Pick<StoreTransaction, 'putVault'> {
  return {
    async putVault(row) {
      await db
        .insertInto('vault')
        .values(row)
        .onConflict((conflict) => conflict.columns(['name', 'version']).doUpdateSet(row))
        .execute();
    },
  };
}
