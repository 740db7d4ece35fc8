/**
 * Settings of a repository at GitHub, by its REST API of version 2022-11-28 (docs.github.com/rest),
 * which GitHub Enterprise Server speaks too. Each call names the page of that documentation.
 */
import { CountersignError } from '../core/errors.ts';
import { list } from '../core/shape.ts';
import { quoteForeign } from '../formats/text.ts';
import type {
  ActionsSettings,
  AllowedActions,
  ForgeSettings,
  ImmutableReleases,
  Observation,
} from '../posture/settings.ts';
import { fallback, flag, label, moment, part, word } from './foreign-shape.ts';
import type { ForgeObserver, ForgeOptions } from './forge.ts';
import { observeEnvironments } from './github-environments.ts';
import { GITHUB_HEADERS, GITHUB_REPOSITORY, githubPage, secretEntries } from './github-pages.ts';
import { branchProtectionShape, observeRulesets } from './github-rulesets.ts';
import { createSettingsHttp, derive, type SettingsHttp, unverified } from './settings-http.ts';
import { unseenForge } from './unseen.ts';

/** Throws `config-invalid`. A repository is `owner/name`. */
export function createGithubSettings(options: ForgeOptions): ForgeObserver {
  const http = createSettingsHttp({ ...options, headers: GITHUB_HEADERS }, options);
  return {
    async observe(repository) {
      if (!GITHUB_REPOSITORY.test(repository)) {
        throw new CountersignError(
          'malformed-name',
          `expected a repository such as alice/aitbc, found ${quoteForeign(repository)}`,
        );
      }
      return observeRepository(http, repository);
    },
  };
}

/** "Get a repository"; `permissions` comes with a token only. */
const repositoryShape = part({
  full_name: label,
  default_branch: label,
  private: flag,
  visibility: fallback(
    word({ public: 'public', internal: 'internal', private: 'private' } as const),
    null,
  ),
  owner: part({ type: word({ Organization: 'organization', User: 'person' } as const) }),
  permissions: fallback(part({ admin: fallback(flag, false) }), { admin: false }),
});

async function observeRepository(http: SettingsHttp, repository: string): Promise<ForgeSettings> {
  const seen = await http.read({ path: `repos/${repository}`, shape: repositoryShape });
  if (seen.kind === 'unverified') return unseenForge('github', repository, seen.reason);
  const { value } = seen;
  // a renamed repository answers under its new name, which spares a redirect for each call
  const found = GITHUB_REPOSITORY.test(value.full_name) ? value.full_name : repository;
  const path = `repos/${found}`;
  const rulesets = await observeRulesets(http, path);
  return {
    forge: 'github',
    repository: found,
    visibility: derive(seen, (one) => one.visibility ?? (one.private ? 'private' : 'public')),
    owner: derive(seen, (one) => one.owner.type),
    defaultBranch: derive(seen, (one) => one.default_branch),
    environments: await observeEnvironments(http, path),
    tagRulesets: rulesets.tag,
    branchRulesets: rulesets.branch,
    // "Get branch protection": administration=read
    branchProtection: await http.read({
      path: `${path}/branches/${encodeURIComponent(value.default_branch)}/protection`,
      needsToken: true,
      shape: branchProtectionShape(value.default_branch),
      absent: (words) => (/not protected/i.test(words) ? { value: null } : undefined),
    }),
    actions: await observeActions(http, path),
    secrets: {
      organization:
        value.owner.type === 'person'
          ? derive(seen, () => [])
          : await secretEntries(http, `${path}/actions/organization-secrets`),
      repository: await secretEntries(http, `${path}/actions/secrets`),
    },
    immutableReleases: await observeImmutability(http, path, value.permissions.admin),
    runners: await observeRunners(http, path),
    writingDeployKeys: await observeDeployKeys(http, path),
  };
}

/** "REST API endpoints for GitHub Actions permissions": administration=read for all of them. */
async function observeActions(http: SettingsHttp, path: string): Promise<ActionsSettings> {
  const at = `${path}/actions/permissions`;
  const general = await http.read({
    path: at,
    needsToken: true,
    shape: part({
      enabled: flag,
      allowed_actions: fallback(
        word({ all: 'all', local_only: 'own', selected: 'selected' } as const),
        'all',
      ),
      sha_pinning_required: fallback(flag, null),
    }),
  });
  const workflow = await http.read({
    path: `${at}/workflow`,
    needsToken: true,
    shape: part({
      default_workflow_permissions: word({ read: 'read', write: 'write' } as const),
      can_approve_pull_request_reviews: flag,
    }),
  });
  return {
    allowed: await observeAllowed(http, at, general),
    pinningRequired: required(general),
    defaultPermissions: derive(workflow, (one) => one.default_workflow_permissions),
    mayApprovePullRequests: derive(workflow, (one) => one.can_approve_pull_request_reviews),
    forkApproval: await http.read({
      path: `${at}/fork-pr-contributor-approval`,
      needsToken: true,
      shape: (value, where) => part({ approval_policy: forkPolicy })(value, where).approval_policy,
    }),
    jobToken: unverified('not offered by GitHub'),
  };
}

const forkPolicy = word({
  first_time_contributors_new_to_github: 'new-to-forge',
  first_time_contributors: 'first-time',
  all_external_contributors: 'all-outside',
} as const);

function required(
  general: Observation<{ readonly sha_pinning_required: boolean | null }>,
): Observation<boolean> {
  if (general.kind === 'unverified') return general;
  const { sha_pinning_required: pinned } = general.value;
  return pinned === null
    ? unverified('this version of the forge does not say')
    : derive(general, () => pinned);
}

async function observeAllowed(
  http: SettingsHttp,
  at: string,
  general: Observation<{
    readonly enabled: boolean;
    readonly allowed_actions: 'all' | 'own' | 'selected';
  }>,
): Promise<Observation<AllowedActions>> {
  if (general.kind === 'unverified') return general;
  const { enabled, allowed_actions: allowed } = general.value;
  if (!enabled) return derive(general, () => ({ kind: 'none' }));
  if (allowed !== 'selected') return derive(general, () => ({ kind: allowed }));
  return http.read({
    path: `${at}/selected-actions`,
    needsToken: true,
    shape: (value, where) => {
      const one = selectedActions(value, where);
      return {
        kind: 'selected',
        ofForge: one.github_owned_allowed,
        ofVerified: one.verified_allowed,
        patterns: one.patterns_allowed,
      };
    },
  });
}

const selectedActions = part({
  github_owned_allowed: fallback(flag, true),
  verified_allowed: fallback(flag, true),
  patterns_allowed: fallback(list(label), []),
});

/**
 * "Check if immutable releases are enabled for a repository": 404 where they are not, and 404 for
 * whoever may not see it, so that only an administrator's 404 says something.
 */
function observeImmutability(
  http: SettingsHttp,
  path: string,
  isAdmin: boolean,
): Promise<Observation<ImmutableReleases>> {
  return http.read({
    path: `${path}/immutable-releases`,
    needsToken: true,
    shape: (value, where) => {
      const one = part({ enabled: flag, enforced_by_owner: fallback(flag, false) })(value, where);
      return { enabled: one.enabled, enforcedByOwner: one.enforced_by_owner };
    },
    absent: () => (isAdmin ? { value: { enabled: false, enforcedByOwner: false } } : undefined),
  });
}

/** "List self-hosted runners for a repository": administration=read. */
function observeRunners(http: SettingsHttp, path: string): Promise<ForgeSettings['runners']> {
  return http.list({
    path: `${path}/actions/runners?per_page=100`,
    needsToken: true,
    shape: githubPage(
      'runners',
      part({
        name: label,
        status: label,
        labels: fallback(list(part({ name: label }), 200), []),
        ephemeral: fallback(flag, null),
      }),
      (one) => ({
        name: one.name,
        labels: one.labels.map((each) => each.name),
        online: one.status === 'online',
        ephemeral: one.ephemeral,
      }),
    ),
  });
}

/** "List deploy keys": administration=read. The key itself is not taken. */
async function observeDeployKeys(
  http: SettingsHttp,
  path: string,
): Promise<ForgeSettings['writingDeployKeys']> {
  const keys = await http.list({
    path: `${path}/keys?per_page=100`,
    needsToken: true,
    shape: githubPage(
      null,
      part({
        title: fallback(label, 'without a title'),
        read_only: flag,
        created_at: fallback(moment, null),
        last_used: fallback(moment, null),
      }),
      (one) => one,
    ),
  });
  return derive(keys, (all) =>
    all
      .filter((one) => !one.read_only)
      .map((one) => ({ title: one.title, createdAt: one.created_at, lastUsedAt: one.last_used })),
  );
}
