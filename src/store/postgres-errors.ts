import { CountersignError, isCountersignError } from '../core/errors.ts';

// SQLSTATE, appendix A of the PostgreSQL manual
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

const UNAVAILABLE: ReadonlyMap<string, string> = new Map([
  ['08', 'the connection was lost'],
  ['25', 'the transaction took too long'],
  ['28', 'the server does not accept this user'],
  ['3D', 'the server has no database of that name'],
  ['42', 'this user may not do that'],
  ['53', 'the server is out of disk, memory or connections'],
  ['55', 'another process has been writing to it for too long'],
  ['57', 'the server was shut down or ended the query'],
  ['58', 'the server reported an error of its disk'],
  ['XX', 'the server reported damaged data'],
]);

/** Whether the transaction may be run again as it was: nothing of it happened. */
export function isRetryable(error: unknown): boolean {
  if (!isCountersignError(error)) return false;
  const state = sqlState(error.cause);
  return state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED;
}

/** pg's error as ours; our own errors stay as they are. */
export function translatePostgresError(error: unknown): CountersignError {
  if (isCountersignError(error)) return error;
  const state = sqlState(error);
  // several addresses that all refuse give an error without a message
  const text = field(error, 'message') || field(error, 'code') || String(error);
  if (state === UNIQUE_VIOLATION) {
    const what = field(error, 'constraint') ?? 'key';
    return new CountersignError(
      'state-conflict',
      `expected a new row, found one with the same ${what}`,
      { cause: error },
    );
  }
  if (state === FOREIGN_KEY_VIOLATION) {
    return new CountersignError('not-found', 'a row refers to a release that is not there', {
      cause: error,
    });
  }
  const why =
    state === undefined ? 'the server could not be reached' : UNAVAILABLE.get(unavailable(state));
  if (why !== undefined || state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED) {
    const reason = why ?? 'other transactions kept getting in the way';
    return new CountersignError('store-unavailable', `the database cannot be used: ${reason}`, {
      cause: error,
      hint: `the database said: ${text}`,
    });
  }
  return new CountersignError('internal', `the database refused a statement: ${text}`, {
    cause: error,
  });
}

// of class 42, syntax error or access rule violation, only the second is the administrator's
function unavailable(state: string): string {
  return state.startsWith('42') && state !== '42501' ? '' : state.slice(0, 2);
}

function sqlState(error: unknown): string | undefined {
  const code = field(error, 'code');
  // a digit, because EPIPE has five characters too
  return code !== undefined && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

function field(error: unknown, name: string): string | undefined {
  if (error === null || typeof error !== 'object') return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}
