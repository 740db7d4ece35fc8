import { holdsFor } from '../ref-pattern.ts';
import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { sampleRuleset, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { BranchProtection, RefRule, RefRuleset, RequiredReview } from '../settings.ts';
import { settingProblem, whenObserved, whenSeen } from '../settings-view.ts';

const REVIEW: RequiredReview = {
  approvals: 2,
  codeOwners: true,
  staleDismissed: true,
  lastPushApproved: true,
};

const branchRuleset = (rules: readonly RefRule[]): RefRuleset =>
  sampleRuleset({ name: 'main', target: 'branch', include: ['~DEFAULT_BRANCH'], rules });

const withRules = (...rules: readonly RefRule[]) =>
  sampleSettings({ branchProtection: seen(null), branchRulesets: seen([branchRuleset(rules)]) });

export const rule: PostureRule = {
  id: 'default-branch-unreviewed',
  reference: 'W29',
  severity: 'high',
  confidence: 'proven',
  area: 'access-control',
  scope: 'settings',
  about:
    'nothing reaches the default branch without a review by its code owners, and its history is not rewritten',
  attack:
    'workflows and release configuration are code: one stolen account that pushes to the default branch changes what the next release builds and where its secrets go, and nobody has looked',
  mend: 'require pull requests with two approvals and a review by code owners on the default branch, dismiss approvals when commits are pushed, and block force pushes; name owners of .github/ in CODEOWNERS',
  incidents: ['I22', 'I27', 'I42'],
  examples: {
    bad: [
      {
        about: 'no protection at all',
        files: {},
        settings: sampleSettings({ branchProtection: seen(null) }),
        found: ['settings', 'settings'],
      },
      {
        about: 'reviews that code owners need not give, and that hold for later pushes',
        files: {},
        settings: withRules(
          { kind: 'force-push' },
          {
            kind: 'review',
            ...REVIEW,
            codeOwners: false,
            staleDismissed: false,
            lastPushApproved: false,
          },
        ),
        found: ['settings', 'settings'],
      },
      {
        about: 'history that may be rewritten',
        files: {},
        settings: withRules({ kind: 'review', ...REVIEW }),
        found: ['settings'],
      },
      {
        about: 'a protection that this token is not shown',
        files: {},
        settings: sampleSettings({ branchProtection: UNSEEN }),
        found: ['settings'],
      },
    ],
    fine: [
      { about: 'a classic protection', files: {}, settings: sampleSettings() },
      {
        about: 'a ruleset over the default branch',
        files: {},
        settings: withRules({ kind: 'force-push' }, { kind: 'review', ...REVIEW }),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  yield* whenSeen(
    context,
    'default branches',
    (all) => all.forge.defaultBranch,
    (branch) => judgeBranch(context, branch),
  );
}

/** Rulesets alone may suffice; without enough of them the classic protection must be seen. */
function* judgeBranch(context: AuditContext, branch: string): Generator<Problem> {
  const forge = context.settings?.forge;
  if (forge === undefined) return;
  const rulesets = forge.branchRulesets.kind === 'observed' ? forge.branchRulesets.value : [];
  const rules = rulesets
    .filter((one) => holdsFor(one, `refs/heads/${branch}`, true))
    .flatMap((one) => one.rules);
  const byRules = [...weaknesses(branch, strictest(rules, null))];
  if (byRules.length === 0) return;
  if (forge.branchRulesets.kind === 'unverified') {
    yield* whenObserved(forge.branchRulesets, 'rulesets over branches', () => []);
    return;
  }
  yield* whenObserved(forge.branchProtection, 'protections of the default branch', (protection) =>
    weaknesses(branch, strictest(rules, protection)),
  );
}

interface Guard {
  readonly review: RequiredReview | null;
  readonly forcePushBlocked: boolean;
}

/** All rules hold together, so that each demand counts where any of them makes it. */
function strictest(rules: readonly RefRule[], protection: BranchProtection | null): Guard {
  const reviews: readonly RequiredReview[] = [
    ...rules.flatMap((one) => (one.kind === 'review' ? [one] : [])),
    ...(protection?.review === null || protection === null ? [] : [protection.review]),
  ];
  const ruled = rules.some((one) => one.kind === 'force-push');
  return {
    review:
      reviews.length === 0
        ? null
        : {
            approvals: Math.max(...reviews.map((one) => one.approvals)),
            codeOwners: reviews.some((one) => one.codeOwners),
            staleDismissed: reviews.some((one) => one.staleDismissed),
            lastPushApproved: reviews.some((one) => one.lastPushApproved),
          },
    forcePushBlocked: ruled || (protection !== null && !protection.forcePushAllowed),
  };
}

function* weaknesses(branch: string, guard: Guard): Generator<Problem> {
  const { review, forcePushBlocked } = guard;
  if (!forcePushBlocked) yield settingProblem(`the history of ${branch} may be rewritten by force`);
  if (review === null || review.approvals === 0) {
    yield settingProblem(`${branch} takes commits that nobody has reviewed`);
    return;
  }
  if (review.approvals < 2) {
    yield settingProblem(`${branch} takes commits that one person has approved`, {
      severity: 'medium',
    });
  }
  if (!review.codeOwners) {
    yield settingProblem(`${branch} takes changes of workflows without a review by their owners`);
  }
  if (!review.staleDismissed && !review.lastPushApproved) {
    yield settingProblem(`approvals for ${branch} hold for commits that are pushed after them`, {
      severity: 'medium',
    });
  }
}
