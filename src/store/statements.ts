import type { Selectable } from 'kysely';
import { decodeEnvelope, encodeEnvelope } from '../formats/dsse.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/text.ts';
import type { StatementRow, StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { StatementTable } from './schema.ts';
import type { Queries } from './session.ts';

/** Signed statements, exactly as they were signed. */
export function readStatements(
  db: Queries,
): Pick<StoreReader, 'statements' | 'statement' | 'unboundStatements'> {
  return {
    async statements(release) {
      const rows = await db
        .selectFrom('statements')
        .selectAll()
        .where('release', '=', release)
        .orderBy('seq')
        .execute();
      return rows.map(fromTable);
    },
    async statement(digest) {
      const row = await db
        .selectFrom('statements')
        .selectAll()
        .where('digest', '=', digest)
        .orderBy('seq')
        .limit(1)
        .executeTakeFirst();
      return row && fromTable(row);
    },
    async unboundStatements(purpose) {
      const rows = await db
        .selectFrom('statements')
        .selectAll()
        .where('release', 'is', null)
        .where('purpose', '=', purpose)
        .orderBy('seq')
        .execute();
      return rows.map(fromTable);
    },
  };
}

/** One row per digest and release; a second one throws `state-conflict`. */
export function writeStatements(db: Queries): Pick<StoreTransaction, 'putStatement'> {
  return {
    async putStatement({ statement, ...row }) {
      await db
        .insertInto('statements')
        .values({
          ...row,
          signature: statement.signature,
          envelope: decodeUtf8(encodeEnvelope(statement.envelope)),
        })
        .execute();
    },
  };
}

function fromTable(row: Selectable<StatementTable>): StatementRow {
  const { seq: _, signature, envelope, ...rest } = row;
  return {
    ...rest,
    statement: {
      signature: signature === 'webauthn' ? 'webauthn' : 'sshsig',
      envelope: decodeEnvelope(encodeUtf8(envelope)),
    },
  };
}
