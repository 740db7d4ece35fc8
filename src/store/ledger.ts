import { CountersignError } from '../core/errors.ts';
import { equalBytes } from '../formats/bytes.ts';
import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

/** Entries, tree nodes and checkpoints. */
export function readLedger(
  db: Queries,
): Pick<
  StoreReader,
  | 'ledgerSize'
  | 'ledgerNode'
  | 'ledgerEntries'
  | 'ledgerEntriesOf'
  | 'latestCheckpoint'
  | 'checkpoints'
> {
  return {
    ledgerSize: () => ledgerSize(db),
    async ledgerNode(level, index) {
      const row = await db
        .selectFrom('ledgerNodes')
        .select('hash')
        .where('level', '=', level)
        .where('index', '=', index)
        .executeTakeFirst();
      return row?.hash;
    },
    ledgerEntries: (from, limit) =>
      db
        .selectFrom('ledgerEntries')
        .select(['index', 'kind', 'release', 'bytes', 'leafHash'])
        .where('index', '>=', from)
        .orderBy('index')
        .limit(limit)
        .execute(),
    ledgerEntriesOf: (kinds, after) =>
      db
        .selectFrom('ledgerEntries')
        .select(['index', 'kind', 'release', 'bytes', 'leafHash'])
        .where('kind', 'in', [...kinds])
        .where('index', '>', after)
        .orderBy('index')
        .execute(),
    latestCheckpoint: () =>
      db.selectFrom('checkpoints').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst(),
    checkpoints: (after, limit) =>
      db
        .selectFrom('checkpoints')
        .selectAll()
        .where('size', '>', after)
        .orderBy('size')
        .limit(limit)
        .execute(),
  };
}

/** Appending. The database has one writer at a time, so the size read here is still the size. */
export function writeLedger(
  db: Queries,
): Pick<StoreTransaction, 'putLedgerEntry' | 'putCheckpoint'> {
  return {
    async putLedgerEntry(row, nodes) {
      const size = await ledgerSize(db);
      if (row.index !== size) {
        throw corrupt(`expected the next ledger entry at ${size}, found index ${row.index}`);
      }
      await db.insertInto('ledgerEntries').values(row).execute();
      if (nodes.length === 0) return;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('ledgerNodes')
        .values([...nodes])
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows !== BigInt(nodes.length)) {
        throw corrupt(`a tree node that entry ${row.index} adds is already there`);
      }
    },

    async putCheckpoint(row) {
      const size = await ledgerSize(db);
      if (row.size > size) {
        throw corrupt(`expected a checkpoint of at most ${size} entries, found ${row.size}`);
      }
      const held = await db
        .selectFrom('checkpoints')
        .select('root')
        .where('size', '=', row.size)
        .executeTakeFirst();
      if (held === undefined) {
        await db.insertInto('checkpoints').values(row).execute();
        return;
      }
      // two roots for one size are a fork: the second is never kept beside or over the first
      if (!equalBytes(held.root, row.root)) {
        throw corrupt(`two checkpoints of ${row.size} entries have different roots`);
      }
      await db.updateTable('checkpoints').set(row).where('size', '=', row.size).execute();
    },
  };
}

async function ledgerSize(db: Queries): Promise<number> {
  const row = await db
    .selectFrom('ledgerEntries')
    .select('index')
    .orderBy('index', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? 0 : row.index + 1;
}

function corrupt(message: string): CountersignError {
  return new CountersignError('ledger-corrupt', message, {
    hint: 'stop the gateway and run "countersign audit verify" before anything else',
  });
}
