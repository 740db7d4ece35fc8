/** Signed times against our clock. */
import { CountersignError } from '../core/errors.ts';

/** Signed times may differ from ours by this much. */
const CLOCK_SKEW_SECONDS = 600;

/** Throws `signature-invalid` for a statement that was signed long ago, or in the future. */
export function requireFresh(now: string, issuedAt: string): void {
  const awaySeconds = Math.abs(Date.parse(now) - Date.parse(issuedAt)) / 1000;
  if (awaySeconds <= CLOCK_SKEW_SECONDS) return;
  throw new CountersignError(
    'signature-invalid',
    `the statement was signed at ${issuedAt}, ${Math.round(awaySeconds)} seconds away from the gateway's clock`,
    { hint: 'check the clock of both machines, then sign again' },
  );
}
