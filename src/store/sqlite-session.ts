import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { CountersignError } from '../core/errors.ts';
import type { Session, SqlResult } from './session.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/** One connection. Its statements run at once, but not outside of a transaction. */
export interface SqliteSession extends Session {
  /** Runs the statements that open a transaction; throws SQLite's own error, and opens none. */
  begin(sql: string): void;
  /** Throws as `execute` does. What was done is durable on return. */
  commit(): void;
  /** Does nothing where no transaction is open. */
  rollback(): void;
  close(): void;
}

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

// lists of several lengths make the texts many; an attacker must not make the cache grow
const MAX_STATEMENTS = 256;

/** Statements over an open database, prepared once each. */
export function openSqliteSession(db: DatabaseSync): SqliteSession {
  const cache = new Map<string, Prepared>();

  function prepare(sql: string): Prepared {
    const known = cache.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0 };
    const oldest = cache.size < MAX_STATEMENTS ? undefined : cache.keys().next().value;
    if (oldest !== undefined) cache.delete(oldest);
    cache.set(sql, prepared);
    return prepared;
  }

  function rollback(): void {
    if (db.isTransaction) db.exec('rollback');
  }

  return {
    async execute(sql, parameters) {
      // a full disk ends the transaction by itself; what followed would stand alone and stay
      if (!db.isTransaction) {
        throw new CountersignError('store-unavailable', 'the database has ended the transaction');
      }
      try {
        const { statement, returnsRows } = prepare(sql);
        return run(statement, returnsRows, parameters as readonly SQLInputValue[]);
      } catch (error) {
        throw translateSqliteError(error);
      }
    },
    begin(sql) {
      try {
        db.exec(sql);
      } catch (error) {
        rollback();
        throw error;
      }
    },
    commit() {
      if (!db.isTransaction) {
        throw new CountersignError('store-unavailable', 'the database has ended the transaction');
      }
      try {
        db.exec('commit');
      } catch (error) {
        throw translateSqliteError(error);
      }
    },
    rollback,
    close: () => db.close(),
  };
}

function run(
  statement: StatementSync,
  returnsRows: boolean,
  parameters: readonly SQLInputValue[],
): SqlResult {
  if (returnsRows) return { rows: statement.all(...parameters), affected: 0 };
  return { rows: [], affected: Number(statement.run(...parameters).changes) };
}
