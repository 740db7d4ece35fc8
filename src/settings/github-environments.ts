/**
 * Environments of GitHub and what protects them (docs.github.com/rest/deployments: environments,
 * branch-policies, protection-rules).
 */
import { integer, list, type Read, type Reader } from '../core/shape.ts';
import type { DeploymentRefs, Environment, Observation, Reviewer } from '../posture/settings.ts';
import { fallback, flag, label, part, word } from './foreign-shape.ts';
import { githubPage, secretEntries } from './github-pages.ts';
import { derive, type SettingsHttp, unverified } from './settings-http.ts';

const reviewer: Reader<Reviewer> = (value, path) => {
  const { type, reviewer: who } = part({
    type: word({ User: 'person', Team: 'team' } as const),
    reviewer: part({ login: fallback(label, null), slug: fallback(label, null) }),
  })(value, path);
  const field = type === 'person' ? 'login' : 'slug';
  return { kind: type, name: label(who[field], `${path}.reviewer.${field}`) };
};

/** `wait_timer`, `required_reviewers`, `branch_policy`, and types that are not known here. */
const protectionRule = part({
  type: label,
  wait_timer: fallback(integer(0, 1_000_000), 0),
  prevent_self_review: fallback(flag, null),
  reviewers: fallback(list(reviewer, 100), []),
});

const environmentShape = part({
  name: label,
  can_admins_bypass: fallback(flag, null),
  protection_rules: fallback(list(protectionRule, 100), []),
  deployment_branch_policy: fallback(
    part({ protected_branches: flag, custom_branch_policies: flag }),
    null,
  ),
});

type Answer = Read<typeof environmentShape>;

/** "List environments"; each one's policies, rules and secrets are calls of their own. */
export async function observeEnvironments(
  http: SettingsHttp,
  path: string,
): Promise<Observation<readonly Environment[]>> {
  const seen = await http.list({
    path: `${path}/environments?per_page=100`,
    shape: githubPage('environments', environmentShape, (one) => one),
  });
  if (seen.kind === 'unverified') return seen;
  const environments: Environment[] = [];
  for (const answer of seen.value) environments.push(await describe(http, path, answer, seen.at));
  return derive(seen, () => environments);
}

async function describe(
  http: SettingsHttp,
  repository: string,
  answer: Answer,
  at: string,
): Promise<Environment> {
  const path = `${repository}/environments/${encodeURIComponent(answer.name)}`;
  const review = answer.protection_rules.filter((rule) => rule.type === 'required_reviewers');
  const reviewers = review.flatMap((rule) => rule.reviewers);
  const waits = answer.protection_rules.filter((rule) => rule.type === 'wait_timer');
  return {
    name: answer.name,
    reviewers,
    // "Only one of the required reviewers needs to approve"
    approvals: reviewers.length === 0 ? 0 : 1,
    selfReviewPrevented: {
      kind: 'observed',
      value: review.length > 0 && review.every((rule) => rule.prevent_self_review === true),
      at,
    },
    adminsMayBypass:
      answer.can_admins_bypass === null
        ? unverified('the forge does not show it to this token')
        : { kind: 'observed', value: answer.can_admins_bypass, at },
    waitMinutes: Math.max(0, ...waits.map((rule) => rule.wait_timer)),
    refs: await observeRefs(http, path, answer, at),
    customRules: await observeCustomRules(http, path),
    secrets: await secretEntries(http, `${path}/secrets`),
  };
}

async function observeRefs(
  http: SettingsHttp,
  path: string,
  answer: Answer,
  at: string,
): Promise<Observation<DeploymentRefs>> {
  const policy = answer.deployment_branch_policy;
  if (policy === null) return { kind: 'observed', value: { kind: 'any' }, at };
  if (!policy.custom_branch_policies) {
    const kind = policy.protected_branches ? 'protected-branches' : 'any';
    return { kind: 'observed', value: { kind }, at };
  }
  const patterns = await http.list({
    path: `${path}/deployment-branch-policies?per_page=100`,
    shape: githubPage(
      'branch_policies',
      part({
        name: label,
        type: fallback(word({ branch: 'branch', tag: 'tag' } as const), 'branch'),
      }),
      (one) => ({ kind: one.type, pattern: one.name }),
    ),
  });
  return derive(patterns, (all) => ({ kind: 'patterns', patterns: all }));
}

/** "Get all deployment protection rules for an environment". */
async function observeCustomRules(
  http: SettingsHttp,
  path: string,
): Promise<Observation<readonly string[]>> {
  const rules = await http.list({
    path: `${path}/deployment_protection_rules`,
    shape: githubPage(
      'custom_deployment_protection_rules',
      part({ enabled: flag, app: part({ slug: label }) }),
      (one) => one,
    ),
  });
  return derive(rules, (all) => all.filter((one) => one.enabled).map((one) => one.app.slug));
}
