import { CountersignError, isCountersignError } from '../core/errors.ts';

// result codes of sqlite3.h; the low byte of an extended code is its primary code
const BUSY = 5;
const LOCKED = 6;
const CONSTRAINT = 19;
const CONSTRAINT_FOREIGN_KEY = 787;
const CONSTRAINT_PRIMARY_KEY = 1555;
const CONSTRAINT_UNIQUE = 2067;

const UNAVAILABLE: ReadonlyMap<number, string> = new Map([
  [3, 'this user may not open it'],
  [BUSY, 'another process has been writing to it for too long'],
  [LOCKED, 'another connection has been writing to it for too long'],
  [8, 'it cannot be written to'],
  [10, 'the disk reported an error'],
  [11, 'the file is damaged'],
  [13, 'the disk is full'],
  [14, 'the file cannot be opened'],
  [26, 'the file is not an SQLite database'],
]);

/** Whether SQLite says that somebody else holds a lock. */
export function isBusy(error: unknown): boolean {
  const primary = resultCode(error) & 0xff;
  return primary === BUSY || primary === LOCKED;
}

/** SQLite's error as ours, by its result code; our own errors stay as they are. */
export function translateSqliteError(error: unknown): CountersignError {
  if (isCountersignError(error)) return error;
  const code = resultCode(error);
  const text = error instanceof Error ? error.message : String(error);
  if (code === CONSTRAINT_UNIQUE || code === CONSTRAINT_PRIMARY_KEY) {
    const columns = text.replace(/^UNIQUE constraint failed: /, '');
    return new CountersignError(
      'state-conflict',
      `expected a new row, found one with the same ${columns}`,
      { cause: error },
    );
  }
  if (code === CONSTRAINT_FOREIGN_KEY) {
    return new CountersignError('not-found', 'a row refers to a release that is not there', {
      cause: error,
    });
  }
  const why = (code & 0xff) === CONSTRAINT ? undefined : UNAVAILABLE.get(code & 0xff);
  if (why !== undefined) {
    return new CountersignError('store-unavailable', `the database cannot be used: ${why}`, {
      cause: error,
    });
  }
  return new CountersignError('internal', `the database refused a statement: ${text}`, {
    cause: error,
  });
}

function resultCode(error: unknown): number {
  if (error === null || typeof error !== 'object' || !('errcode' in error)) return 0;
  return typeof error.errcode === 'number' ? error.errcode : 0;
}
