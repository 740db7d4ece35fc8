/** Protected tags and branches of GitLab, and the approvals that merge requests need. */
import { integer, list, type Read } from '../core/shape.ts';
import type { BranchProtection, Observation, RefRule, RefRuleset } from '../posture/settings.ts';
import { fallback, flag, label, part } from './foreign-shape.ts';
import { accessLevels, actorsOf } from './gitlab-access.ts';
import { gitlabPage } from './gitlab-page.ts';
import { derive, type SettingsHttp } from './settings-http.ts';

/**
 * "List protected tags". A protected tag is created by those on its list; nobody moves or deletes
 * it over git, and maintainers delete it by hand (docs.gitlab.com/user/project/protected_tags).
 * Each reads as two rulesets, for the list lets nobody through but to create.
 */
export async function observeTags(
  http: SettingsHttp,
  path: string,
): Promise<Observation<readonly RefRuleset[]>> {
  const tags = await http.list({
    path: `${path}/protected_tags?per_page=100`,
    needsToken: true,
    shape: gitlabPage(part({ name: label, create_access_levels: accessLevels }), (one) => one),
  });
  if (tags.kind === 'unverified') return tags;
  return derive(tags, (all) =>
    all.flatMap((one): readonly RefRuleset[] => {
      const tag = {
        level: 'repository',
        target: 'tag',
        enforcement: 'active',
        include: [`refs/tags/${one.name}`],
        exclude: [],
      } as const;
      const bypass = {
        kind: 'observed',
        value: actorsOf(one.create_access_levels),
        at: tags.at,
      } as const;
      const nobody = { kind: 'observed', value: [], at: tags.at } as const;
      return [
        { ...tag, name: `${one.name}, to create`, rules: [{ kind: 'creation' }], bypass },
        {
          ...tag,
          name: `${one.name}, to keep`,
          rules: [{ kind: 'update' }, { kind: 'deletion' }],
          bypass: nobody,
        },
      ];
    }),
  );
}

const branchShape = part({
  name: label,
  push_access_levels: accessLevels,
  allow_force_push: fallback(flag, false),
  code_owner_approval_required: fallback(flag, false),
  inherited: fallback(flag, false),
});

type Branches = Observation<readonly Read<typeof branchShape>[]>;

/** "List protected branches". */
export function observeBranches(http: SettingsHttp, path: string): Promise<Branches> {
  return http.list({
    path: `${path}/protected_branches?per_page=100`,
    needsToken: true,
    shape: gitlabPage(branchShape, (one) => one),
  });
}

/** Each protected branch as a ruleset. */
export function toBranchRulesets(branches: Branches): Observation<readonly RefRuleset[]> {
  if (branches.kind === 'unverified') return branches;
  return derive(branches, (all) => all.map((one) => toRuleset(one, branches.at)));
}

function toRuleset(branch: Read<typeof branchShape>, at: string): RefRuleset {
  const rules: RefRule[] = [{ kind: 'update' }, { kind: 'deletion' }];
  if (!branch.allow_force_push) rules.push({ kind: 'force-push' });
  return {
    name: branch.name,
    level: branch.inherited ? 'owner' : 'repository',
    target: 'branch',
    enforcement: 'active',
    include: [`refs/heads/${branch.name}`],
    exclude: [],
    rules,
    bypass: { kind: 'observed', value: actorsOf(branch.push_access_levels), at },
  };
}

/** "Merge request approvals": rules that hold for every protected branch, and how they reset. */
export async function observeProtection(
  http: SettingsHttp,
  path: string,
  branches: Branches,
  name: string,
): Promise<Observation<BranchProtection | null>> {
  if (branches.kind === 'unverified') return branches;
  const branch = branches.value.find((one) => matches(one.name, name));
  if (branch === undefined) return derive(branches, () => null);
  const rules = await http.list({
    path: `${path}/approval_rules?per_page=100`,
    needsToken: true,
    shape: gitlabPage(approvalRule, (one) => one),
  });
  if (rules.kind === 'unverified') return rules;
  const general = await http.read({
    path: `${path}/approvals`,
    needsToken: true,
    shape: part({
      reset_approvals_on_push: fallback(flag, false),
      merge_requests_disable_committers_approval: fallback(flag, false),
    }),
  });
  if (general.kind === 'unverified') return general;
  const covering = rules.value.filter((one) => covers(one, name));
  return derive(rules, () => ({
    branch: name,
    review: {
      approvals: Math.max(0, ...covering.map((one) => one.approvals_required)),
      codeOwners: branch.code_owner_approval_required,
      staleDismissed: general.value.reset_approvals_on_push,
      lastPushApproved: general.value.merge_requests_disable_committers_approval,
    },
    // who may push without a merge request is named one by one
    adminsBound: true,
    forcePushAllowed: branch.allow_force_push,
    deletionAllowed: false,
    bypass: actorsOf(branch.push_access_levels),
  }));
}

const approvalRule = part({
  approvals_required: integer(0, 1_000),
  applies_to_all_protected_branches: fallback(flag, false),
  protected_branches: fallback(list(part({ name: label }), 1_000), []),
});

/** A rule without branches holds for all of them. */
function covers(rule: Read<typeof approvalRule>, branch: string): boolean {
  if (rule.applies_to_all_protected_branches || rule.protected_branches.length === 0) return true;
  return rule.protected_branches.some((one) => matches(one.name, branch));
}

/** GitLab's wildcard: `*` stands for any characters. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? '';
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
