/** Whether the signed rules can ever let a release out, with these people. Pure. */
import type { ApprovalRule, Policy, PolicyDocument } from '../core/policy.ts';
import { isQuorumReachable } from '../core/quorum.ts';
import type { Person, Roster } from '../core/roster.ts';
import { type Check, fail, ok, warn } from './doctor-checks.ts';

/** For each policy that a project uses: can there be a quorum, can its sources be shown. */
export function checkPolicies(
  document: Pick<PolicyDocument, 'projects' | 'policies'>,
  roster: Pick<Roster, 'people' | 'bots'>,
): readonly Check[] {
  const used = new Map<string, string[]>();
  for (const [project, { policies }] of Object.entries(document.projects)) {
    for (const name of policies) used.set(name, [...(used.get(name) ?? []), project]);
  }
  return [
    ...[...used].flatMap(([name, projects]) => {
      const policy = Object.hasOwn(document.policies, name) ? document.policies[name] : undefined;
      if (policy === undefined) return [];
      return [
        checkQuorum(name, projects, policy.approvals, roster.people),
        ...checkSource(name, policy),
      ];
    }),
    checkBots(roster),
  ];
}

function checkQuorum(
  name: string,
  projects: readonly string[],
  rule: ApprovalRule,
  people: readonly Person[],
): Check {
  const title = `quorum ${name}`;
  const what = `policy ${name} (${projects.join(', ')})`;
  const mend =
    'the roster needs more people (countersign roster add), or an easier rule (countersign policy propose)';
  const empty = Object.keys(rule.groups).filter(
    (group) => !people.some((one) => one.groups.includes(group)),
  );
  if (empty.length > 0) return fail(title, `${what}: nobody is in ${empty.join(', ')}`, mend);
  if (!isQuorumReachable(rule, people)) {
    return fail(title, `${what}: no set of people makes a quorum`, mend);
  }
  // Without a person, and with that person as the excluded requester, are the same question.
  const single = people.filter(
    (one) =>
      !isQuorumReachable(
        rule,
        people.filter((other) => other !== one),
      ),
  );
  const names = single.map((one) => one.id).join(', ');
  if (single.length === 0) return ok(title, `${what}: reachable, and without any one person`);
  if (rule.requester === 'counts') {
    return warn(title, `${what}: nothing ships while one of ${names} is away`, mend);
  }
  if (single.length === people.length) {
    return fail(
      title,
      `${what}: whoever requests a release does not count, and the others make no quorum`,
      `${mend}, or let the requester count`,
    );
  }
  return warn(
    title,
    `${what}: nothing ships while one of ${names} is away, nor what one of them requests`,
    mend,
  );
}

function checkSource(name: string, policy: Policy): readonly Check[] {
  if (policy.source === 'asserted') return [];
  return [
    fail(
      `source ${name}`,
      `policy ${name} asks for source ${policy.source}; this version can only show asserted, so every release will be rejected`,
      `found the instance with source: asserted, until a version verifies ${policy.source}`,
    ),
  ];
}

function checkBots({ bots }: Pick<Roster, 'bots'>): Check {
  const names = bots.map((one) => one.id).join(', ');
  return ok('bots', names === '' ? 'none' : `${names} may open releases; a person must adopt each`);
}
