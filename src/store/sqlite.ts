import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { SqliteAdapter, SqliteQueryCompiler } from 'kysely';
import { CountersignError } from '../core/errors.ts';
import type { Store } from '../gateway/ports.ts';
import { createStore, type Database } from './database.ts';
import { type ColumnTypes, migrate, READ_VERSION, requireVersion } from './migration.ts';
import type { Session } from './session.ts';
import { isBusy, translateSqliteError } from './sqlite-errors.ts';
import { openSqliteSession, type SqliteSession } from './sqlite-session.ts';

const COLUMN_TYPES: ColumnTypes = {
  text: 'text',
  integer: 'integer',
  bytes: 'blob',
  sequence: 'integer primary key autoincrement',
  end: ' strict',
};

/** How long SQLite itself waits for a lock. It blocks the whole process, so it is short. */
const BLOCKING_WAIT_MS = 5;
/** How long we wait, asking again and again, while another process writes. */
const BUSY_TIMEOUT_MS = 30_000;
const MAX_READERS = 8;

/** Where the database lies, and for how long to wait for another process that writes. */
export interface SqliteOptions {
  readonly file: string;
  readonly busyTimeoutMs?: number;
}

/**
 * Opens and migrates the database in `file`, which is made (mode 0600, like its folder 0700) where
 * it is not there; an existing file keeps its mode. Several processes may have it open. Throws
 * `store-unavailable` where it cannot be opened, is no database, is of a newer schema, or where
 * SQLite does not confirm write-ahead logging at synchronous=FULL.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  return createStore(await openSqliteDatabase(options));
}

async function openSqliteDatabase(options: SqliteOptions): Promise<Database> {
  const file = resolve(options.file);
  const waitMs = options.busyTimeoutMs ?? BUSY_TIMEOUT_MS;
  await createFile(file);
  const writer = await connect(file, waitMs);
  const readers = createReaderPool(() => connect(file, waitMs, 'read-only'));

  const database: Database = {
    spelling: {
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new SqliteAdapter(),
    },
    // IMMEDIATE takes the write lock before the first read, so nothing read can be stale
    write: (work) => within(writer, 'begin immediate', waitMs, checked(work)),
    async read(work) {
      const reader = await readers.take();
      try {
        return await within(reader, 'begin', waitMs, checked(work));
      } finally {
        readers.give(reader);
      }
    },
    async close() {
      readers.close();
      writer.close();
    },
  };
  try {
    await within(writer, 'begin immediate', waitMs, (session) => migrate(session, COLUMN_TYPES));
  } catch (error) {
    writer.close();
    throw error;
  }
  return database;
}

async function createFile(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    // SQLite would make it with 0644; its -wal and -shm files take the mode of this one
    const handle = await open(file, 'a', 0o600);
    await handle.close();
  } catch (cause) {
    throw new CountersignError('store-unavailable', `the database ${file} cannot be opened`, {
      hint: 'check that this user may read and write the file and its folder',
      cause,
    });
  }
}

async function connect(
  file: string,
  waitMs: number,
  mode: 'read-only' | 'read-write' = 'read-write',
): Promise<SqliteSession> {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, {
      enableForeignKeyConstraints: true,
      enableDoubleQuotedStringLiterals: false,
      timeout: BLOCKING_WAIT_MS,
    });
    const opened = db;
    // changing the journal mode needs the file for itself for a moment
    await retryWhileBusy(waitMs, () => opened.exec('pragma journal_mode = wal'));
    opened.exec('pragma synchronous = full');
    // on macOS fsync alone leaves the bytes in the drive's cache; elsewhere these do nothing
    opened.exec('pragma fullfsync = on; pragma checkpoint_fullfsync = on');
    if (mode === 'read-only') opened.exec('pragma query_only = on');
    await retryWhileBusy(waitMs, () => requireDurable(opened, file));
    return openSqliteSession(opened);
  } catch (error) {
    db?.close();
    throw translateSqliteError(error);
  }
}

// A build of SQLite may ignore a pragma, and a network file system may refuse write-ahead logging:
// both without an error. Starting then would mean losing what was acknowledged.
function requireDurable(db: DatabaseSync, file: string): void {
  const expected = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1 } as const;
  for (const [pragma, value] of Object.entries(expected)) {
    const found = db.prepare(`pragma ${pragma}`).get()?.[pragma];
    if (found === value) continue;
    throw new CountersignError(
      'store-unavailable',
      `the database ${file} cannot keep what it acknowledges: expected ${pragma} ${value}, found ${found}`,
      { hint: 'put the data folder on a local disk' },
    );
  }
}

function checked<T>(work: (session: Session) => Promise<T>): (session: Session) => Promise<T> {
  return async (session) => {
    // the first query, so it is also what fixes the snapshot
    requireVersion((await session.execute(READ_VERSION, [])).rows);
    return work(session);
  };
}

async function within<T>(
  connection: SqliteSession,
  begin: string,
  waitMs: number,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  await retryWhileBusy(waitMs, () => connection.begin(begin));
  try {
    const result = await work(connection);
    connection.commit();
    return result;
  } finally {
    // does nothing after a commit
    connection.rollback();
  }
}

async function retryWhileBusy(waitMs: number, action: () => void): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (let attempt = 0; ; attempt += 1) {
    try {
      action();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw translateSqliteError(error);
    }
    // two processes that ask in step would keep missing the gaps of a third
    await delay(1 + ((attempt * 7) % 13));
  }
}

interface ReaderPool {
  take(): Promise<SqliteSession>;
  give(reader: SqliteSession): void;
  close(): void;
}

function createReaderPool(openReader: () => Promise<SqliteSession>): ReaderPool {
  const idle: SqliteSession[] = [];
  const waiting: ((reader: SqliteSession) => void)[] = [];
  let count = 0;
  return {
    async take() {
      const reader = idle.pop();
      if (reader !== undefined) return reader;
      if (count >= MAX_READERS) return new Promise((resolve) => waiting.push(resolve));
      count += 1;
      try {
        return await openReader();
      } catch (error) {
        count -= 1;
        throw error;
      }
    },
    give(reader) {
      const next = waiting.shift();
      if (next === undefined) idle.push(reader);
      else next(reader);
    },
    close() {
      for (const reader of idle.splice(0)) reader.close();
    },
  };
}
