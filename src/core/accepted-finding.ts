/** Findings that the signed rules answer for, so that no signature has to: the gate's baseline. */
import type { Finding } from './finding.ts';
import { object, type Read, text } from './shape.ts';

/**
 * One held finding in all that it says. Another message, of another command or another count, is
 * another finding. `until` is the last day, in UTC, on which it counts.
 */
export const acceptedFinding = object({
  finding: text,
  message: text,
  reason: text,
  who: text,
  until: text,
});
export type AcceptedFinding = Read<typeof acceptedFinding>;

/** What is wrong with an entry as it was written, as `expected ..., found ...`; null: nothing. */
export function acceptedProblem({ finding, reason, who, until }: AcceptedFinding): string | null {
  if (!/^[a-z0-9-]+:[0-9a-f]{16}$/.test(finding)) {
    return 'expected the fingerprint of a finding, such as install-hook:0123456789abcdef';
  }
  if (reason.trim() === '' || who.trim() === '')
    return 'expected a reason and a person, found none';
  const date = new Date(`${until}T00:00:00.000Z`);
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === until;
  return isDay ? null : 'expected a day such as 2026-12-31 as until, found another text';
}

/**
 * The entry that answers for a finding on a day, or null. Never for a secret, whose message does not
 * say which one it is, nor for what was refused, nor for a number of findings that are not listed.
 */
export function acceptedBy(
  finding: Finding,
  accepted: readonly AcceptedFinding[],
  askedAt: string | undefined,
): AcceptedFinding | null {
  if (finding.effect !== 'hold' || finding.category === 'secret' || askedAt === undefined)
    return null;
  if (/^\d+ more findings of this rule/.test(finding.message)) return null;
  const day = askedAt.slice(0, 10);
  return (
    accepted.find(
      (one) =>
        one.finding === finding.fingerprint && one.message === finding.message && day <= one.until,
    ) ?? null
  );
}
