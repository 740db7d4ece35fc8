import { CountersignError } from '../core/errors.ts';

/** Addresses that are remembered at most; the one silent longest is forgotten first. */
const MAX_ADDRESSES = 10_000;

/** Counts failed authentications by remote address, in fixed windows. */
export interface FailedAuthentications {
  /** Throws 'rate-limited' while the address has used up its failures. */
  assertAllowed(address: string): void;
  record(address: string): void;
}

/** `nowMs` is any clock that does not run backwards. Memory is bounded whoever calls. */
export function createFailedAuthentications(options: {
  readonly allowed: number;
  readonly windowMs: number;
  readonly nowMs: () => number;
  /** What is counted by; `from this address` where absent. */
  readonly by?: string;
}): FailedAuthentications {
  const { allowed, windowMs, nowMs, by = 'from this address' } = options;
  const windows = new Map<string, { startedMs: number; failures: number }>();

  const current = (address: string): { startedMs: number; failures: number } => {
    const known = windows.get(address);
    if (known !== undefined && nowMs() - known.startedMs < windowMs) return known;
    return { startedMs: nowMs(), failures: 0 };
  };

  return {
    assertAllowed(address) {
      const { startedMs, failures } = current(address);
      if (failures < allowed) return;
      const seconds = Math.max(1, Math.ceil((startedMs + windowMs - nowMs()) / 1000));
      throw new CountersignError('rate-limited', `${failures} credentials ${by} were not valid`, {
        hint: `check the credential, then try again in ${seconds} seconds`,
      });
    },
    record(address) {
      const window = current(address);
      window.failures += 1;
      // set again, so that the map's order is that of the last failure
      windows.delete(address);
      windows.set(address, window);
      const oldest = windows.keys().next();
      if (windows.size > MAX_ADDRESSES && !oldest.done) windows.delete(oldest.value);
    },
  };
}
