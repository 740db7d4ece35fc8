import { setTimeout as delay } from 'node:timers/promises';
import { PostgresAdapter, PostgresQueryCompiler } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { CountersignError } from '../core/errors.ts';
import type { Store } from '../gateway/ports.ts';
import { createStore, type Database } from './database.ts';
import { type ColumnTypes, migrate, READ_VERSION, requireVersion } from './migration.ts';
import { isRetryable, translatePostgresError } from './postgres-errors.ts';
import { columnParser } from './postgres-values.ts';
import type { Session, SqlRow } from './session.ts';

const COLUMN_TYPES: ColumnTypes = {
  // "C" orders by bytes as SQLite does, and does not change with the server's libc
  text: 'text collate "C"',
  integer: 'bigint',
  bytes: 'bytea',
  sequence: 'bigint generated always as identity primary key',
  end: '',
};

const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;
const MAX_ATTEMPTS = 10;
const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,62}$/;
// any number will do, as long as it stays: it keeps two processes from founding one schema at once
const OPENING_LOCK = 4_023_119_305;

/** `connectionString` is a postgresql:// address; `schema` (default `countersign`) is made. */
export interface PostgresOptions {
  readonly connectionString: string;
  readonly schema?: string;
}

/**
 * Opens and migrates the database. Several processes may have it open. Throws `config-invalid` for
 * an address or schema name that is none, `tool-missing` without the package pg, and
 * `store-unavailable` where the server cannot be reached, is of a newer schema, or does not flush
 * what it commits (fsync, full_page_writes, synchronous_commit).
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const schema = options.schema ?? 'countersign';
  if (!SCHEMA_NAME.test(schema)) {
    throw new CountersignError(
      'config-invalid',
      'the schema of the database is not 1 to 63 characters of a-z, 0-9 and _',
    );
  }
  const pool = await createPool(options.connectionString);
  try {
    await within(pool, openingOf(schema), async (session) => {
      await createSchema(session, schema);
      await requireDurable(session);
      await migrate(session, COLUMN_TYPES);
    });
  } catch (error) {
    await pool.end();
    throw error;
  }
  return createStore(databaseOver(pool, schema));
}

function databaseOver(pool: Pool, schema: string): Database {
  return {
    spelling: {
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createAdapter: () => new PostgresAdapter(),
    },
    write: (work) => within(pool, writingOf(schema), work, requireVersion),
    read: (work) => within(pool, readingOf(schema), work, requireVersion),
    close: () => pool.end(),
  };
}

// Everything is set inside of the transaction, so that a pooler between us and the server cannot
// hand us a connection with other settings. One string is one round trip.

/**
 * Nearly every write appends to the ledger, so writers go one after the other anyway. LOCK comes
 * before the first query, which is what fixes the snapshot: a transaction that had to wait sees
 * what the one before it wrote, instead of failing and starting over (as it does when it locks a
 * row, or leases a job with SKIP LOCKED, at SERIALIZABLE). Readers are not held up.
 */
function writingOf(schema: string): string {
  return `begin isolation level serializable; ${settingsOf(schema)}
    lock table schema_version in share row exclusive mode; ${READ_VERSION}`;
}

function readingOf(schema: string): string {
  return `begin isolation level repeatable read read only; ${settingsOf(schema)}
    ${READ_VERSION}`;
}

// read committed: the schema may be made by another process while this one waits for the lock
function openingOf(schema: string): string {
  return `begin isolation level read committed; ${settingsOf(schema)}
    select pg_advisory_xact_lock(${OPENING_LOCK})`;
}

function settingsOf(schema: string): string {
  return `set local search_path to "${schema}"; set local synchronous_commit to on;
    set local lock_timeout to '30s'; set local idle_in_transaction_session_timeout to '60s';`;
}

async function createSchema(session: Session, schema: string): Promise<void> {
  const { rows } = await session.execute('select from pg_namespace where nspname = $1', [schema]);
  // "if not exists" would need the right to make schemas even where there is nothing to make
  if (rows.length === 0) await session.execute(`create schema "${schema}"`, []);
}

async function requireDurable(session: Session): Promise<void> {
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    const { rows } = await session.execute(`select current_setting('${setting}') as found`, []);
    const found = rows[0]?.['found'];
    if (found === 'on') continue;
    throw new CountersignError(
      'store-unavailable',
      `the database cannot keep what it acknowledges: expected ${setting} on, found ${found}`,
      { hint: `set "${setting} = on" in postgresql.conf` },
    );
  }
}

async function createPool(connectionString: string): Promise<Pool> {
  // pg would put the whole address, password included, into its error
  if (!URL.canParse(connectionString) || !/^postgres(ql)?:/.test(connectionString)) {
    throw new CountersignError(
      'config-invalid',
      'the address of the database does not have the form postgresql://user@host/name',
    );
  }
  const { Pool } = await importPg();
  const pool = new Pool({
    connectionString,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'countersign',
    types: { getTypeParser: columnParser },
  });
  // an idle connection that breaks is replaced when it is next needed
  pool.on('error', () => undefined);
  return pool;
}

async function importPg(): Promise<{ Pool: typeof Pool }> {
  try {
    const { default: pg } = await import('pg');
    return pg;
  } catch (cause) {
    throw new CountersignError('tool-missing', 'the package pg is not installed', {
      hint: 'install it beside countersign: npm install pg',
      cause,
    });
  }
}

async function within<T>(
  pool: Pool,
  begin: string,
  work: (session: Session) => Promise<T>,
  check: (rows: readonly SqlRow[]) => void = () => undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptWithin(pool, begin, check, work);
    } catch (error) {
      if (!isRetryable(error) || attempt === MAX_ATTEMPTS) throw error;
    }
    await delay(attempt * 5 + (process.pid % 5));
  }
}

async function attemptWithin<T>(
  pool: Pool,
  begin: string,
  check: (rows: readonly SqlRow[]) => void,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = await connect(pool);
  // a connection that breaks between two queries says so here, and would end the process otherwise
  let broken = false;
  const onError = (): void => {
    broken = true;
  };
  client.on('error', onError);
  try {
    check(await lastRows(client, begin));
    const result = await work(sessionOver(client));
    await commit(client);
    return result;
  } catch (error) {
    // a connection that cannot even roll back is not given back
    await client.query('rollback').catch(onError);
    throw error;
  } finally {
    client.removeListener('error', onError);
    client.release(broken);
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw translatePostgresError(error);
  }
}

// several statements in one string give a list of results, whatever pg's types say
async function lastRows(client: PoolClient, statements: string): Promise<readonly SqlRow[]> {
  try {
    const results: unknown = await client.query(statements);
    return Array.isArray(results) ? results.at(-1).rows : [];
  } catch (error) {
    throw translatePostgresError(error);
  }
}

async function commit(client: PoolClient): Promise<void> {
  let command: string;
  try {
    ({ command } = await client.query('commit'));
  } catch (error) {
    throw translatePostgresError(error);
  }
  // so ends a transaction in which a statement has failed: without an error, and undone
  if (command === 'COMMIT') return;
  throw new CountersignError('internal', `the transaction ended with ${command}, not with COMMIT`);
}

function sessionOver(client: PoolClient): Session {
  return {
    async execute(sql, parameters) {
      try {
        const { rows, rowCount } = await client.query(sql, [...parameters]);
        return { rows, affected: rowCount ?? 0 };
      } catch (error) {
        throw translatePostgresError(error);
      }
    },
  };
}
