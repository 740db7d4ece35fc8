/** What it takes to change the rules, by the rules in force before the change. */
import { KEY_COOLING_SECONDS } from './governance-compile.ts';
import type { ApprovalRule, GovernanceRule, PolicyDocument } from './policy.ts';

/**
 * The rule for changes. Rules that do not say are as hard to change as the hardest release is to
 * approve: the largest minimum, and of each group the largest number, of all policies that apply
 * by tag. Policies that are chosen at opening are shortcuts, and count for nothing here.
 */
export function governanceOf(document: PolicyDocument): GovernanceRule {
  if (document.governance !== undefined) return document.governance;
  const groups: Record<string, number> = {};
  let minimum = 2;
  for (const { approvals, chosen } of Object.values(document.policies)) {
    if (chosen !== 'by-tag') continue;
    minimum = Math.max(minimum, approvals.minimum);
    for (const [group, count] of Object.entries(approvals.groups)) {
      groups[group] = Math.max(groups[group] ?? 0, count);
    }
  }
  return { minimum, groups, coolingSeconds: KEY_COOLING_SECONDS };
}

/** Ballots live at most this long, and so does a proposal. */
export const PROPOSAL_MAX_SECONDS = 30 * 86_400;

/** The same as a rule that `decideQuorum` takes: who proposes may be one of those who sign. */
export function ballotRule({ minimum, groups }: GovernanceRule): ApprovalRule {
  return {
    minimum,
    groups,
    requester: 'counts',
    terminal: 1,
    expiresSeconds: PROPOSAL_MAX_SECONDS,
  };
}

/** Break-glass: any two people of the roster, one of them at a terminal. */
export function breakGlassRule(of: ApprovalRule): ApprovalRule {
  return { ...of, minimum: 2, groups: {}, requester: 'counts', terminal: Math.min(1, of.terminal) };
}
