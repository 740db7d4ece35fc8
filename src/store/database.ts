import { AsyncLocalStorage } from 'node:async_hooks';
import { CountersignError } from '../core/errors.ts';
import type { Store } from '../gateway/ports.ts';
import { createSerialQueue } from './queue.ts';
import { boundSession, queriesOver, type Session, type SqlSpelling } from './session.ts';
import { createReader, createTransaction } from './transaction.ts';

/**
 * What differs between the databases; all else is written once. An adapter promises:
 * `write` runs `work` in a serialisable transaction that excludes every other writer of the
 * database, in this process and others, and is durable on return; `read` runs it in a transaction
 * that cannot write and sees one snapshot. Both roll back and rethrow when `work` throws. `write`
 * may run `work` again when the database asks for it.
 */
export interface Database {
  readonly spelling: SqlSpelling;
  write<T>(work: (session: Session) => Promise<T>): Promise<T>;
  read<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The Store port over a database that is open and migrated. */
export function createStore(database: Database): Store {
  const writers = createSerialQueue();
  const running = new Set<Promise<unknown>>();
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  let closed = false;

  function enter<T>(work: () => Promise<T>): Promise<T> {
    // a transaction inside of a transaction would wait for itself for ever
    if (inside.getStore()?.open === true) {
      return Promise.reject(
        new CountersignError('internal', 'the store was called inside of its own transaction'),
      );
    }
    if (closed) {
      return Promise.reject(new CountersignError('internal', 'the store is closed'));
    }
    const result = work();
    running.add(result);
    const leave = (): void => void running.delete(result);
    result.then(leave, leave);
    return result;
  }

  async function run<T, P>(
    session: Session,
    build: (queries: ReturnType<typeof queriesOver>) => P,
    work: (port: P) => Promise<T>,
  ): Promise<T> {
    const bound = boundSession(session);
    const mark = { open: true };
    try {
      const port = build(queriesOver(bound, database.spelling));
      const result = await inside.run(mark, () => work(port));
      bound.end();
      return result;
    } finally {
      bound.close();
      mark.open = false;
    }
  }

  return {
    transact: (work) =>
      enter(() =>
        writers.run(() => database.write((session) => run(session, createTransaction, work))),
      ),
    read: (work) => enter(() => database.read((session) => run(session, createReader, work))),
    async close() {
      if (closed) return;
      closed = true;
      await Promise.allSettled(running);
      await database.close();
    },
  };
}
