/**
 * The job loop of both processes: leases a job, runs it, and ends or returns it. A process that
 * dies leaves its lease to run out; whoever comes next goes on where the job's own steps stopped.
 */
import { isCountersignError } from '../core/errors.ts';
import type { Clock, JobRow, Log, Store } from './ports.ts';
import { addSeconds } from './record.ts';

export type JobHandlers = Readonly<Record<string, (job: JobRow) => Promise<void>>>;

export interface WorkerDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves after `ms`, at once when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Names this process in leases. */
  readonly owner: string;
  /** Whether the process of this name has certainly ended; false where one cannot tell. */
  readonly isGone: (owner: string) => Promise<boolean>;
}

/**
 * Long, because a process that is only slow (a stopped machine, a blocked disk) must not find a
 * second one at its job. A predecessor on the same machine that is dead can be told from one that is
 * slow, so that a restart does not wait: see `endLeasesOfTheDead`.
 */
const LEASE_SECONDS = 60;
const IDLE_MS = 150;
const MAX_ATTEMPTS = 12;

/** Runs until `signal` fires; the job at hand is finished first. */
export async function runWorker(
  deps: WorkerDeps,
  handlers: JobHandlers,
  signal: AbortSignal,
): Promise<void> {
  const kinds = Object.keys(handlers);
  await endLeasesOfTheDead(deps, kinds).catch((error: unknown) => {
    // the leases run out by themselves
    deps.log.warn('leases-not-ended', { error: String(error) });
  });
  while (!signal.aborted) {
    const worked = await workOnce(deps, handlers, kinds).catch((error: unknown) => {
      deps.log.error('worker-failed', { error: String(error) });
      return false;
    });
    if (!worked) await deps.sleep(IDLE_MS, signal);
  }
}

/** What a killed predecessor was at is due at once; each such job counts an attempt. */
async function endLeasesOfTheDead(deps: WorkerDeps, kinds: readonly string[]): Promise<void> {
  for (const owner of await deps.store.read((tx) => tx.leaseOwners(kinds))) {
    if (!(await deps.isGone(owner))) continue;
    await deps.store.transact((tx) => tx.endLeases(owner, deps.clock.now()));
    deps.log.info('leases-ended', { owner });
  }
}

async function workOnce(
  deps: WorkerDeps,
  handlers: JobHandlers,
  kinds: readonly string[],
): Promise<boolean> {
  const now = deps.clock.now();
  const job = await deps.store.transact((tx) =>
    tx.leaseJob(kinds, deps.owner, now, addSeconds(now, LEASE_SECONDS)),
  );
  if (job === undefined) return false;
  const handle = handlers[job.kind];
  if (handle === undefined) return false;
  const beat = setInterval(() => void extend(deps, job), (LEASE_SECONDS * 1000) / 3);
  try {
    await handle(job);
    await deps.store.transact((tx) => tx.finishJob(job.id, deps.owner, deps.clock.now()));
  } catch (error) {
    await giveBack(deps, job, error);
  } finally {
    clearInterval(beat);
  }
  return true;
}

async function extend(deps: WorkerDeps, job: JobRow): Promise<void> {
  try {
    const until = addSeconds(deps.clock.now(), LEASE_SECONDS);
    await deps.store.transact((tx) => tx.extendLease(job.id, deps.owner, until));
  } catch (error) {
    deps.log.warn('lease-not-extended', { job: job.id, error: String(error) });
  }
}

/** Outside trouble is tried again, slower each time; a refusal is final. */
async function giveBack(deps: WorkerDeps, job: JobRow, error: unknown): Promise<void> {
  const code = isCountersignError(error) ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  const now = deps.clock.now();
  const repeat = isWorthRepeating(code) && job.attempts + 1 < MAX_ATTEMPTS;
  deps.log[repeat ? 'warn' : 'error']('job-failed', {
    job: job.id,
    kind: job.kind,
    release: job.release,
    code,
    error: message,
    repeat,
  });
  await deps.store.transact(async (tx) => {
    if (repeat) {
      const seconds = Math.min(600, 2 ** job.attempts);
      await tx.retryJob(job.id, deps.owner, addSeconds(now, seconds), message.slice(0, 1000));
    } else {
      await tx.failJob(job.id, deps.owner, now, message.slice(0, 1000));
    }
  });
}

function isWorthRepeating(code: string): boolean {
  return [
    'upstream-unreachable',
    'server-unreachable',
    'internal',
    'tool-failed',
    'tool-missing',
    'vault-sealed',
    'store-unavailable',
    // somebody else moved the release meanwhile; the job reads it again and does what is left
    'state-conflict',
  ].includes(code);
}
