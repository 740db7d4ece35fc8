/** What a change of roster and rules changes, as lines that people read before they sign. */
import type { JsonValue } from '../formats/canonical.ts';
import type { Change, GovernanceState } from './governance-state.ts';
import { comparePolicyDocuments, compareRecords, type RulesDifference } from './policy-compare.ts';
import type { Roster } from './roster.ts';

/**
 * Every place where the two differ, in order of path: `roster.people.alice.groups[0]`,
 * `policies.strict.approvals.minimum`, `suspended.person alice`.
 */
export function describeChange(
  before: Pick<GovernanceState, 'roster' | 'policy'>,
  { roster, policy, reinstate }: Change,
): readonly RulesDifference[] {
  return [
    ...(roster === null
      ? []
      : compareRecords('roster', byId(before.roster), byId(roster.document))),
    ...(policy === null ? [] : comparePolicyDocuments(before.policy, policy.document)),
    ...reinstate.map(({ kind, id }) => ({
      path: `suspended.${kind} ${id}`,
      signed: true,
      proposed: undefined,
    })),
  ];
}

/** By name instead of by place, so that one person more is one difference. */
function byId({ people, bots }: Roster): JsonValue {
  const named = (list: readonly { readonly id: string }[]) =>
    Object.fromEntries(list.map(({ id, ...rest }) => [id, rest as unknown as JsonValue]));
  return { people: named(people), bots: named(bots) };
}
