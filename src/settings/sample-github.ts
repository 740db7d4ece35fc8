/** Answers of GitHub's REST API for one well guarded repository, in the documented shapes. */

const REPO = '/repos/alice/aitbc';

/** By path without query. What GitHub sends beside the fields that are read is left out. */
export const GITHUB_ANSWERS: Readonly<Record<string, unknown>> = {
  [REPO]: {
    id: 1,
    full_name: 'alice/aitbc',
    private: false,
    visibility: 'public',
    default_branch: 'main',
    owner: { login: 'alice', type: 'Organization' },
    permissions: { admin: true, push: true, pull: true },
  },
  [`${REPO}/rulesets`]: [
    {
      id: 7,
      name: 'release tags',
      target: 'tag',
      source_type: 'Repository',
      enforcement: 'active',
    },
    { id: 8, name: 'main', target: 'branch', source_type: 'Organization', enforcement: 'active' },
    { id: 9, name: 'big files', target: 'push', source_type: 'Repository', enforcement: 'active' },
  ],
  [`${REPO}/rulesets/7`]: {
    id: 7,
    name: 'release tags',
    target: 'tag',
    source_type: 'Repository',
    enforcement: 'active',
    conditions: { ref_name: { include: ['refs/tags/v*'], exclude: [] } },
    rules: [
      { type: 'creation' },
      { type: 'update', parameters: { update_allows_fetch_and_merge: false } },
      { type: 'deletion' },
      { type: 'required_linear_history' },
      {
        type: 'tag_name_pattern',
        parameters: {
          name: '',
          operator: 'regex',
          pattern: '^v\\d+\\.\\d+\\.\\d+$',
          negate: false,
        },
      },
    ],
    bypass_actors: [
      { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'pull_request' },
      { actor_id: null, actor_type: 'DeployKey', bypass_mode: 'always' },
    ],
  },
  [`${REPO}/rulesets/8`]: {
    id: 8,
    name: 'main',
    target: 'branch',
    enforcement: 'evaluate',
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: ['refs/heads/x'] } },
    rules: [
      { type: 'non_fast_forward' },
      {
        type: 'pull_request',
        parameters: {
          required_approving_review_count: 2,
          require_code_owner_review: true,
          dismiss_stale_reviews_on_push: true,
          require_last_push_approval: false,
          required_review_thread_resolution: false,
        },
      },
    ],
  },
  [`${REPO}/environments`]: {
    total_count: 2,
    environments: [
      {
        id: 3,
        name: 'release/npm',
        can_admins_bypass: false,
        protection_rules: [
          { id: 1, type: 'wait_timer', wait_timer: 15 },
          {
            id: 2,
            type: 'required_reviewers',
            prevent_self_review: true,
            reviewers: [
              { type: 'User', reviewer: { login: 'bob', id: 2 } },
              { type: 'Team', reviewer: { slug: 'release-managers', id: 3 } },
            ],
          },
          { id: 3, type: 'branch_policy' },
        ],
        deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      },
      { id: 4, name: 'docs', protection_rules: [], deployment_branch_policy: null },
    ],
  },
  [`${REPO}/environments/release%2Fnpm/deployment-branch-policies`]: {
    total_count: 1,
    branch_policies: [{ id: 1, name: 'v*.*.*', type: 'tag' }],
  },
  [`${REPO}/environments/release%2Fnpm/deployment_protection_rules`]: {
    total_count: 2,
    custom_deployment_protection_rules: [
      { id: 1, enabled: true, app: { id: 1, slug: 'countersign-gate' } },
      { id: 2, enabled: false, app: { id: 2, slug: 'metrics' } },
    ],
  },
  [`${REPO}/environments/release%2Fnpm/secrets`]: {
    total_count: 1,
    secrets: [
      { name: 'NPM_STAGE', created_at: '2026-10-01T08:00:00Z', updated_at: '2026-11-01T08:00:00Z' },
    ],
  },
  [`${REPO}/environments/docs/deployment_protection_rules`]: {
    total_count: 0,
    custom_deployment_protection_rules: [],
  },
  [`${REPO}/environments/docs/secrets`]: { total_count: 0, secrets: [] },
  [`${REPO}/branches/main/protection`]: {
    required_pull_request_reviews: {
      required_approving_review_count: 2,
      require_code_owner_reviews: true,
      dismiss_stale_reviews: true,
      require_last_push_approval: true,
      bypass_pull_request_allowances: {
        users: [{ login: 'carol' }],
        teams: [],
        apps: [{ slug: 'release-bot' }],
      },
    },
    enforce_admins: { enabled: true },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
  },
  [`${REPO}/actions/permissions`]: {
    enabled: true,
    allowed_actions: 'selected',
    sha_pinning_required: true,
  },
  [`${REPO}/actions/permissions/selected-actions`]: {
    github_owned_allowed: true,
    verified_allowed: false,
    patterns_allowed: ['alice/*'],
  },
  [`${REPO}/actions/permissions/workflow`]: {
    default_workflow_permissions: 'read',
    can_approve_pull_request_reviews: false,
  },
  [`${REPO}/actions/permissions/fork-pr-contributor-approval`]: {
    approval_policy: 'all_external_contributors',
  },
  [`${REPO}/actions/organization-secrets`]: {
    total_count: 1,
    secrets: [
      { name: 'SHARED', created_at: '2024-01-01T00:00:00Z', updated_at: '2024-01-01T00:00:00Z' },
    ],
  },
  [`${REPO}/actions/secrets`]: { total_count: 0, secrets: [] },
  [`${REPO}/immutable-releases`]: { enabled: true, enforced_by_owner: false },
  [`${REPO}/actions/runners`]: {
    total_count: 1,
    runners: [
      { id: 1, name: 'attic', os: 'linux', status: 'online', labels: [{ name: 'self-hosted' }] },
    ],
  },
  [`${REPO}/keys`]: [
    { id: 1, title: 'mirror', read_only: true, created_at: '2025-01-01T00:00:00Z' },
    {
      id: 2,
      title: 'old bot',
      read_only: false,
      created_at: '2023-01-01T00:00:00Z',
      last_used: null,
    },
  ],
};
