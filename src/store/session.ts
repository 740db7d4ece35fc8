import {
  CamelCasePlugin,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  DummyDriver,
  Kysely,
  type QueryCompiler,
  type QueryResult,
} from 'kysely';
import { CountersignError } from '../core/errors.ts';
import type { Schema } from './schema.ts';

/** One row, by column name. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** What one statement gave: no rows where it returns none; `affected` counts what it changed. */
export interface SqlResult {
  readonly rows: readonly SqlRow[];
  readonly affected: number;
}

/**
 * One transaction on one connection. Integers come back as numbers, bytes as Uint8Array, text as
 * string. Errors are CountersignErrors: `state-conflict` where a row of that key exists,
 * `not-found` where a reference leads nowhere, `store-unavailable`, else `internal`.
 */
export interface Session {
  execute(sql: string, parameters: readonly unknown[]): Promise<SqlResult>;
}

/** How Kysely writes SQL for one database. */
export interface SqlSpelling {
  createQueryCompiler(): QueryCompiler;
  createAdapter(): DialectAdapter;
}

/** Kysely over one session, for the queries that both databases share. */
export type Queries = Kysely<Schema>;

/** Kysely as a query builder only: connections and transactions are ours. */
export function queriesOver(session: Session, spelling: SqlSpelling): Queries {
  const dialect: Dialect = {
    createDriver: () => new SessionDriver(session),
    createQueryCompiler: () => spelling.createQueryCompiler(),
    createAdapter: () => spelling.createAdapter(),
    createIntrospector: () => {
      throw new CountersignError('internal', 'the store does not look into its own schema');
    },
  };
  return new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] });
}

class SessionDriver extends DummyDriver {
  readonly #session: Session;

  constructor(session: Session) {
    super();
    this.#session = session;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const session = this.#session;
    return {
      async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, affected } = await session.execute(sql, parameters);
        // what the columns hold is what schema.ts says: STRICT tables and our own writes
        return { rows: rows as R[], numAffectedRows: BigInt(affected) };
      },
      streamQuery() {
        throw new CountersignError('internal', 'the store does not stream queries');
      },
    };
  }
}

/**
 * The session that a use case gets. It ends with its transaction, so that a forgotten `await`
 * cannot write outside of it; and the first statement that fails fails all the rest and the
 * commit, on SQLite as on PostgreSQL. `end` throws that first error.
 */
export function boundSession(inner: Session): Session & { end(): void; close(): void } {
  let open = true;
  let failure: unknown;
  return {
    async execute(sql, parameters) {
      if (!open) {
        throw new CountersignError('internal', 'the store was used after its transaction ended');
      }
      if (failure !== undefined) throw failure;
      try {
        for (const parameter of parameters) requirePlainText(parameter);
        return await inner.execute(sql, parameters);
      } catch (error) {
        failure ??= error;
        throw error;
      }
    },
    end() {
      open = false;
      if (failure !== undefined) throw failure;
    },
    close() {
      open = false;
    },
  };
}

// PostgreSQL cannot hold NUL, SQLite's text functions stop at it, and half a surrogate pair is
// replaced silently by both: what was signed would not be what is kept.
function requirePlainText(value: unknown): void {
  if (typeof value !== 'string') return;
  if (value.isWellFormed() && !value.includes('\0')) return;
  throw new CountersignError(
    'malformed-document',
    'expected text to store, found a NUL character or half of a surrogate pair in it',
  );
}
