import { CountersignError, ERROR_CODES, isCountersignError } from '../core/errors.ts';
import type { Log } from '../gateway/ports.ts';

/**
 * The error as the outside may see it, after it was written to the log. What is no
 * CountersignError is a defect: its words stay in the log, since nobody chose them for strangers.
 */
export function reportFailure(error: unknown, log: Log, request: string): CountersignError {
  if (!isCountersignError(error)) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error('http.defect', { request, cause: cause.slice(0, 4000) });
    return new CountersignError('internal', 'the gateway ran into a defect', {
      hint: `the operator finds it in the log under request ${request}`,
    });
  }
  const { code, message } = error;
  // a refusal's words may quote what a stranger sent; the ledger has them, the log needs the code
  if (ERROR_CODES[code].status >= 500) log.error('http.failed', { request, code, message });
  else log.info('http.refused', { request, code });
  return error;
}
