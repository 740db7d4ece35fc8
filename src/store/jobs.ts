import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

const COLUMNS = ['id', 'kind', 'release', 'payload', 'runAt', 'attempts', 'lastError'] as const;

/** The outbox: work that follows from a transaction and is done outside of it. */
export function readJobs(db: Queries): Pick<StoreReader, 'pendingJobs' | 'leaseOwners'> {
  return {
    async leaseOwners(kinds) {
      if (kinds.length === 0) return [];
      const rows = await db
        .selectFrom('jobs')
        .select('owner')
        .distinct()
        .where('doneAt', 'is', null)
        .where('kind', 'in', kinds)
        .where('owner', 'is not', null)
        .orderBy('owner')
        .execute();
      return rows.flatMap(({ owner }) => (owner === null ? [] : [owner]));
    },

    pendingJobs: (release) =>
      db
        .selectFrom('jobs')
        .select(COLUMNS)
        .where('release', '=', release)
        .where('doneAt', 'is', null)
        .orderBy('seq')
        .execute(),
  };
}

type JobWriter = Pick<
  StoreTransaction,
  'enqueue' | 'leaseJob' | 'endLeases' | 'extendLease' | 'finishJob' | 'retryJob' | 'failJob'
>;

/**
 * Leases. Write transactions exclude each other, so that no row needs a lock of its own; a lease
 * that ran out goes to the next worker, and whatever the first one still says is not believed.
 */
export function writeJobs(db: Queries): JobWriter {
  return {
    async enqueue(job) {
      await db
        .insertInto('jobs')
        .values({ ...job, attempts: 0, lastError: null })
        .onConflict((conflict) => conflict.column('key').where('doneAt', 'is', null).doNothing())
        .execute();
    },

    async leaseJob(kinds, owner, now, leaseUntil) {
      if (kinds.length === 0) return undefined;
      const due = await db
        .selectFrom('jobs')
        .select(['seq', 'owner', 'attempts', 'lastError'])
        .where('doneAt', 'is', null)
        .where('kind', 'in', kinds)
        .where('runAt', '<=', now)
        .where((where) => where.or([where('owner', 'is', null), where('leaseUntil', '<=', now)]))
        .orderBy('runAt')
        .orderBy('seq')
        .limit(1)
        .executeTakeFirst();
      if (due === undefined) return undefined;
      // a worker that died never said so: counting here is what ends a job that kills its worker
      const died = due.owner !== null;
      return db
        .updateTable('jobs')
        .set({
          owner,
          leaseUntil,
          attempts: due.attempts + (died ? 1 : 0),
          lastError: died ? `the lease of ${due.owner} ran out` : due.lastError,
        })
        .where('seq', '=', due.seq)
        .returning(COLUMNS)
        .executeTakeFirst();
    },

    async endLeases(owner, now) {
      await db
        .updateTable('jobs')
        .set({ leaseUntil: now })
        .where('owner', '=', owner)
        .where('doneAt', 'is', null)
        .execute();
    },

    extendLease: (id, owner, leaseUntil) => change(db, id, owner, { leaseUntil }),

    finishJob: (id, owner, doneAt) => change(db, id, owner, { doneAt, ...RELEASED }),

    async retryJob(id, owner, runAt, lastError) {
      const { numUpdatedRows } = await held(db, id, owner)
        .set((row) => ({ runAt, lastError, attempts: row('attempts', '+', 1), ...RELEASED }))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    failJob: (id, owner, doneAt, lastError) =>
      change(db, id, owner, { doneAt, lastError, ...RELEASED }),
  };
}

const RELEASED = { owner: null, leaseUntil: null };

function held(db: Queries, id: string, owner: string) {
  return db
    .updateTable('jobs')
    .where('id', '=', id)
    .where('owner', '=', owner)
    .where('doneAt', 'is', null);
}

async function change(
  db: Queries,
  id: string,
  owner: string,
  values: {
    readonly leaseUntil?: string | null;
    readonly doneAt?: string;
    readonly lastError?: string;
    readonly owner?: null;
  },
): Promise<boolean> {
  const { numUpdatedRows } = await held(db, id, owner).set(values).executeTakeFirst();
  return numUpdatedRows === 1n;
}
