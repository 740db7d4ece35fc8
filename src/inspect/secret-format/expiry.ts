/** Secrets that say themselves until when they open something. */

/** Rules know no clock, so that a finding is the same on every day; what was over on this day is
 * over whenever they run. */
const OVER_BEFORE_MS = Date.UTC(2026, 0, 1);

/** Whether a secret that ends at `endMs` (milliseconds since 1970) was over when its rule was
 * written; false for no number. */
export function wasOver(endMs: number): boolean {
  return endMs < OVER_BEFORE_MS;
}
