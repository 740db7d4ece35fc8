/**
 * Rulesets (docs.github.com/rest/repos/rules) and the classic protection of a branch
 * (docs.github.com/rest/branches/branch-protection).
 */
import { integer, list, type Read, type Reader } from '../core/shape.ts';
import type {
  BranchProtection,
  BypassActor,
  Observation,
  RefRule,
  RefRuleset,
  RequiredReview,
} from '../posture/settings.ts';
import { fallback, flag, label, part, word } from './foreign-shape.ts';
import { githubPage } from './github-pages.ts';
import { derive, type SettingsHttp, unverified } from './settings-http.ts';

const entryShape = part({
  id: integer(0),
  name: label,
  target: fallback(label, 'branch'),
  source_type: fallback(label, 'Repository'),
});

/** "Get all repository rulesets", those of the owner too; then each by its number. */
export async function observeRulesets(
  http: SettingsHttp,
  path: string,
): Promise<{
  readonly tag: Observation<readonly RefRuleset[]>;
  readonly branch: Observation<readonly RefRuleset[]>;
}> {
  const listed = await http.list({
    path: `${path}/rulesets?includes_parents=true&per_page=100`,
    shape: githubPage(null, entryShape, (one) => one),
  });
  return {
    tag: await readRulesets(http, path, listed, 'tag'),
    branch: await readRulesets(http, path, listed, 'branch'),
  };
}

/** One ruleset that cannot be read makes the list incomplete, and so unverified. */
async function readRulesets(
  http: SettingsHttp,
  path: string,
  listed: Observation<readonly Read<typeof entryShape>[]>,
  target: 'tag' | 'branch',
): Promise<Observation<readonly RefRuleset[]>> {
  if (listed.kind === 'unverified') return listed;
  const rulesets: RefRuleset[] = [];
  for (const entry of listed.value.filter((one) => one.target === target)) {
    const one = await http.read({
      path: `${path}/rulesets/${entry.id}?includes_parents=true`,
      shape: rulesetShape,
    });
    if (one.kind === 'unverified') return one;
    rulesets.push(toRuleset(entry, target, one.value, one.at));
  }
  return derive(listed, () => rulesets);
}

const actorShape = part({
  actor_id: fallback(integer(0), null),
  actor_type: label,
  bypass_mode: fallback(
    word({ always: 'always', pull_request: 'pull-request', exempt: 'exempt' } as const),
    'always',
  ),
});

const rulesetShape = part({
  enforcement: word({ active: 'active', evaluate: 'evaluate', disabled: 'disabled' } as const),
  conditions: fallback(
    part({
      ref_name: fallback(
        part({ include: fallback(list(label), []), exclude: fallback(list(label), []) }),
        { include: [], exclude: [] },
      ),
    }),
    { ref_name: { include: [], exclude: [] } },
  ),
  rules: fallback(list(readRule, 200), []),
  bypass_actors: fallback(list(actorShape), null),
});

function toRuleset(
  entry: Read<typeof entryShape>,
  target: 'tag' | 'branch',
  found: Read<typeof rulesetShape>,
  at: string,
): RefRuleset {
  return {
    name: entry.name,
    level: entry.source_type === 'Repository' ? 'repository' : 'owner',
    target,
    enforcement: found.enforcement,
    include: found.conditions.ref_name.include,
    exclude: found.conditions.ref_name.exclude,
    rules: found.rules,
    // "bypass_actors ... only returned if the user making the API call has write access"
    bypass:
      found.bypass_actors === null
        ? unverified('shown only to tokens that may write the ruleset')
        : { kind: 'observed', value: found.bypass_actors.map(toActor), at },
  };
}

const ACTOR_KINDS: Readonly<Record<string, BypassActor['kind']>> = {
  RepositoryRole: 'role',
  Team: 'team',
  Integration: 'app',
  OrganizationAdmin: 'owner-admins',
  EnterpriseOwner: 'owner-admins',
  DeployKey: 'deploy-keys',
  User: 'person',
};

/** Numbers of the roles that every repository has, as the web interface sends them. */
const ROLES: Readonly<Record<number, string>> = { 2: 'maintain', 4: 'write', 5: 'admin' };

function toActor(actor: Read<typeof actorShape>): BypassActor {
  const kind = ACTOR_KINDS[actor.actor_type];
  const id = actor.actor_id;
  if (kind === undefined) return { kind: 'role', name: actor.actor_type, mode: actor.bypass_mode };
  const nameless = kind === 'owner-admins' || kind === 'deploy-keys' || id === null;
  const known = kind === 'role' && id !== null ? ROLES[id] : undefined;
  return { kind, name: nameless ? null : (known ?? String(id)), mode: actor.bypass_mode };
}

const PLAIN_RULES: Readonly<
  Record<string, 'creation' | 'update' | 'deletion' | 'force-push' | 'signatures'>
> = {
  creation: 'creation',
  update: 'update',
  deletion: 'deletion',
  non_fast_forward: 'force-push',
  required_signatures: 'signatures',
};

const patternShape = part({
  operator: word({
    starts_with: 'starts-with',
    ends_with: 'ends-with',
    contains: 'contains',
    regex: 'regex',
  } as const),
  pattern: label,
  negate: fallback(flag, false),
});

function readRule(value: unknown, path: string): RefRule {
  const { type, parameters } = part({ type: label, parameters: (one: unknown) => one })(
    value,
    path,
  );
  const plain = Object.hasOwn(PLAIN_RULES, type) ? PLAIN_RULES[type] : undefined;
  if (plain !== undefined) return { kind: plain };
  const where = `${path}.parameters`;
  if (type === 'pull_request') return { kind: 'review', ...pullRequestRule(parameters, where) };
  if (type === 'tag_name_pattern' || type === 'branch_name_pattern') {
    return { kind: 'name-pattern', ...patternShape(parameters, where) };
  }
  return { kind: 'other', name: type };
}

const pullRequestRule: Reader<RequiredReview> = (value, path) => {
  const one = part({
    required_approving_review_count: integer(0, 100),
    require_code_owner_review: fallback(flag, false),
    dismiss_stale_reviews_on_push: fallback(flag, false),
    require_last_push_approval: fallback(flag, false),
  })(value, path);
  return {
    approvals: one.required_approving_review_count,
    codeOwners: one.require_code_owner_review,
    staleDismissed: one.dismiss_stale_reviews_on_push,
    lastPushApproved: one.require_last_push_approval,
  };
};

const enabled = fallback(part({ enabled: flag }), { enabled: false });
const people = fallback(list(part({ login: label })), []);
const named = fallback(list(part({ slug: label })), []);

const protectionShape = part({
  required_pull_request_reviews: fallback(
    part({
      required_approving_review_count: fallback(integer(0, 100), 0),
      require_code_owner_reviews: fallback(flag, false),
      dismiss_stale_reviews: fallback(flag, false),
      require_last_push_approval: fallback(flag, false),
      bypass_pull_request_allowances: fallback(part({ users: people, teams: named, apps: named }), {
        users: [],
        teams: [],
        apps: [],
      }),
    }),
    null,
  ),
  enforce_admins: enabled,
  allow_force_pushes: enabled,
  allow_deletions: enabled,
});

/** "Get branch protection" of `branch`. */
export function branchProtectionShape(branch: string): Reader<BranchProtection | null> {
  return (value, path) => {
    const found = protectionShape(value, path);
    const reviews = found.required_pull_request_reviews;
    const allowed = reviews?.bypass_pull_request_allowances;
    return {
      branch,
      review:
        reviews === null
          ? null
          : {
              approvals: reviews.required_approving_review_count,
              codeOwners: reviews.require_code_owner_reviews,
              staleDismissed: reviews.dismiss_stale_reviews,
              lastPushApproved: reviews.require_last_push_approval,
            },
      adminsBound: found.enforce_admins.enabled,
      forcePushAllowed: found.allow_force_pushes.enabled,
      deletionAllowed: found.allow_deletions.enabled,
      bypass: [
        ...(allowed?.users ?? []).map((one) => bypassOf('person', one.login)),
        ...(allowed?.teams ?? []).map((one) => bypassOf('team', one.slug)),
        ...(allowed?.apps ?? []).map((one) => bypassOf('app', one.slug)),
      ],
    };
  };
}

function bypassOf(kind: BypassActor['kind'], name: string): BypassActor {
  return { kind, name, mode: 'always' };
}
