/** Time and randomness of this machine: the only place where either is read. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Randomness } from '../gateway/ports.ts';

/** A clock that can also measure and wait. */
export interface SystemClock extends Clock {
  /** Milliseconds since an arbitrary moment; never goes back. For measuring only. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export const systemClock: SystemClock = {
  now: () => new Date().toISOString(),
  monotonicMs: () => performance.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/** Cryptographically secure random bytes of the operating system, by the global `crypto`: it is loaded
 * when it is used, which takes a fifth of what it takes to start. At most 65,536 at once. */
export const systemRandomness: Randomness = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
