/**
 * Environments of GitLab and what protects them (docs.gitlab.com/api/environments,
 * protected_environments; the latter of paid tiers only).
 */
import { integer, list, type Read } from '../core/shape.ts';
import type { Environment, Observation } from '../posture/settings.ts';
import { fallback, label, part } from './foreign-shape.ts';
import { accessLevels, reviewersOf } from './gitlab-access.ts';
import { gitlabPage } from './gitlab-page.ts';
import { derive, type SettingsHttp, unverified } from './settings-http.ts';

const approvalRule = part({
  required_approvals: fallback(integer(0, 1_000), 0),
  access_level: fallback(integer(0, 100), null),
  access_level_description: fallback(label, null),
  user_id: fallback(integer(0), null),
  group_id: fallback(integer(0), null),
});

const protectedShape = part({
  name: label,
  deploy_access_levels: accessLevels,
  required_approval_count: fallback(integer(0, 1_000), 0),
  approval_rules: fallback(list(approvalRule, 1_000), []),
});

/**
 * `selfApproval`: the project's "allow pipeline trigger to approve deployment", null where the
 * token does not see it; `at`: the call that showed it.
 */
export async function observeGitlabEnvironments(
  http: SettingsHttp,
  path: string,
  selfApproval: boolean | null,
  at: string,
): Promise<Observation<readonly Environment[]>> {
  const all = await http.list({
    path: `${path}/environments?per_page=100`,
    needsToken: true,
    shape: gitlabPage(part({ name: label }), (one) => one.name),
  });
  if (all.kind === 'unverified') return all;
  const guarded = await http.list({
    path: `${path}/protected_environments?per_page=100`,
    needsToken: true,
    shape: gitlabPage(protectedShape, (one) => one),
  });
  // without this list nobody knows which of them is protected
  if (guarded.kind === 'unverified') return guarded;
  const names = new Set([...all.value, ...guarded.value.map((one) => one.name)]);
  const selfReviewPrevented: Observation<boolean> =
    selfApproval === null
      ? unverified('the forge does not show it to this token')
      : { kind: 'observed', value: !selfApproval, at };
  return derive(all, () =>
    [...names].map((name) =>
      describe(
        name,
        guarded.value.find((one) => one.name === name),
        selfReviewPrevented,
        guarded.at,
      ),
    ),
  );
}

function describe(
  name: string,
  found: Read<typeof protectedShape> | undefined,
  selfReviewPrevented: Observation<boolean>,
  at: string,
): Environment {
  const rules = found?.approval_rules ?? [];
  const byRules = rules.reduce((sum, rule) => sum + rule.required_approvals, 0);
  const approvals = Math.max(byRules, found?.required_approval_count ?? 0);
  const levels =
    rules.length > 0
      ? rules.map((rule) => ({ ...rule, deploy_key_id: null }))
      : (found?.deploy_access_levels ?? []);
  const foreign = unverified('not offered by GitLab');
  return {
    name,
    reviewers: approvals === 0 ? [] : reviewersOf(levels),
    approvals,
    selfReviewPrevented,
    adminsMayBypass: foreign,
    waitMinutes: 0,
    // who may deploy is limited, not from which ref
    refs: { kind: 'observed', value: { kind: 'any' }, at },
    customRules: { kind: 'observed', value: [], at },
    secrets: unverified('variables of GitLab name their environment themselves'),
  };
}
