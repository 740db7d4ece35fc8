import { createHash } from 'node:crypto';
import { CountersignError } from '../core/errors.ts';
import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

/** Documents by digest, and which of them are in force. */
export function readDocuments(
  db: Queries,
): Pick<StoreReader, 'document' | 'governance' | 'genesisDigest'> {
  return {
    async document(digest) {
      const row = await db
        .selectFrom('documents')
        .select('body')
        .where('digest', '=', digest)
        .executeTakeFirst();
      return row?.body;
    },
    governance: (kind) =>
      db.selectFrom('governance').selectAll().where('kind', '=', kind).orderBy('version').execute(),
    async genesisDigest() {
      const row = await db.selectFrom('genesis').select('digest').executeTakeFirst();
      return row?.digest;
    },
  };
}

/** Documents never change: a digest names one body. */
export function writeDocuments(
  db: Queries,
): Pick<StoreTransaction, 'putDocument' | 'putGenesis' | 'putGovernance'> {
  return {
    async putDocument(digest, kind, body) {
      const found = createHash('sha256').update(body).digest('hex');
      if (found !== digest) {
        throw new CountersignError(
          'malformed-document',
          `expected the ${kind} document to have sha256 ${digest}, found ${found}`,
        );
      }
      await db
        .insertInto('documents')
        .values({ digest, kind, body })
        .onConflict((conflict) => conflict.column('digest').doNothing())
        .execute();
    },

    async putGenesis(digest) {
      const held = await db.selectFrom('genesis').select('digest').executeTakeFirst();
      if (held?.digest === digest) return;
      if (held !== undefined) {
        throw new CountersignError(
          'state-conflict',
          `expected a database without a genesis, found genesis ${held.digest}`,
          { hint: 'a gateway is founded once; use another data folder for another one' },
        );
      }
      await db.insertInto('genesis').values({ id: 1, digest }).execute();
    },

    async putGovernance(row) {
      await db.insertInto('governance').values(row).execute();
    },
  };
}
