import { afterEach, expect, test } from 'vitest';
import { startAnswering } from '../../test/contract/ecosystem-world.ts';
import { Secret } from '../host/secret.ts';
import { createGitlabSettings } from './gitlab.ts';

const token = ['glpat', 'sample', 'not', 'real'].join('-');
const P = '/projects/alice%2Faitbc';
const G = '/groups/alice';
const value = ['never', 'to', 'be', 'kept'].join('-');

/** Answers of GitLab's REST API in the documented shapes; what is not read is left out. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  [P]: {
    id: 5,
    path_with_namespace: 'alice/aitbc',
    default_branch: 'main',
    visibility: 'internal',
    namespace: { id: 2, kind: 'group', full_path: 'alice' },
    ci_push_repository_for_job_token_allowed: true,
    allow_pipeline_trigger_approve_deployment: false,
  },
  [`${P}/protected_tags`]: [
    {
      name: 'v*',
      create_access_levels: [
        { id: 1, access_level: 40, access_level_description: 'Maintainers' },
        { id: 2, access_level: 40, access_level_description: 'Deploy key', deploy_key_id: 1 },
        { id: 3, access_level: null, user_id: 9, access_level_description: 'carol' },
      ],
    },
    { name: 'old-*', create_access_levels: [{ id: 4, access_level: 0 }] },
  ],
  [`${P}/protected_branches`]: [
    {
      id: 1,
      name: 'm*n',
      push_access_levels: [{ id: 1, access_level: 0, access_level_description: 'No one' }],
      merge_access_levels: [{ id: 1, access_level: 40, access_level_description: 'Maintainers' }],
      allow_force_push: false,
      code_owner_approval_required: true,
    },
  ],
  [`${P}/approval_rules`]: [
    { id: 1, approvals_required: 1, protected_branches: [] },
    { id: 2, approvals_required: 2, applies_to_all_protected_branches: true },
    { id: 3, approvals_required: 9, protected_branches: [{ name: 'release/*' }] },
  ],
  [`${P}/approvals`]: {
    reset_approvals_on_push: true,
    merge_requests_disable_committers_approval: false,
  },
  [`${P}/environments`]: [
    { id: 1, name: 'npm' },
    { id: 2, name: 'docs' },
  ],
  [`${P}/protected_environments`]: [
    {
      name: 'npm',
      deploy_access_levels: [{ access_level: 40, access_level_description: 'Maintainers' }],
      required_approval_count: 0,
      approval_rules: [
        { user_id: null, group_id: 7, access_level_description: 'security', required_approvals: 1 },
        { user_id: 3, group_id: null, access_level_description: 'bob', required_approvals: 1 },
      ],
    },
  ],
  [`${P}/job_token_scope`]: { inbound_enabled: true, outbound_enabled: false },
  [`${P}/variables`]: [
    {
      key: 'NPM_TOKEN',
      value,
      protected: false,
      masked: true,
      environment_scope: 'npm',
      variable_type: 'env_var',
    },
  ],
  [`${G}/variables`]: [{ key: 'SHARED', value, protected: true, masked: false }],
  [`${P}/runners`]: [
    { id: 1, description: 'attic', runner_type: 'project_type', status: 'online' },
  ],
  [`${P}/deploy_keys`]: [
    { id: 1, title: 'mirror', can_push: false, created_at: '2025-01-01T00:00:00.000Z' },
    { id: 2, title: 'bot', can_push: true, created_at: '2023-01-01T00:00:00.000+02:00' },
  ],
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function forge(answers = ANSWERS, withToken = true) {
  const server = await startAnswering(({ url }) => {
    const known = answers[url.split('?')[0] ?? ''];
    if (known === undefined) return { status: 404, body: '{"message":"404 Not Found"}' };
    return { status: 200, body: JSON.stringify(known) };
  });
  stops.push(server.stop);
  const observer = createGitlabSettings({
    baseUrl: server.url,
    token: withToken ? new Secret(token) : null,
    now: () => '2026-11-30T02:00:00.000Z',
    sleep: async () => {},
  });
  return { ...server, observe: () => observer.observe('alice/aitbc') };
}

test('a project is read, with tags, branches, environments, variables and keys', async () => {
  const { observe } = await forge();
  const found = await observe();
  expect(found).toMatchObject({
    forge: 'gitlab',
    repository: 'alice/aitbc',
    visibility: { value: 'internal' },
    owner: { value: 'organization' },
    defaultBranch: { value: 'main' },
    immutableReleases: { kind: 'unverified', reason: 'not offered by GitLab' },
    runners: { value: [{ name: 'attic', online: true }] },
    writingDeployKeys: { value: [{ title: 'bot', createdAt: '2022-12-31T22:00:00.000Z' }] },
  });
  expect(found.tagRulesets).toMatchObject({
    value: [
      {
        include: ['refs/tags/v*'],
        rules: [{ kind: 'creation' }],
        bypass: {
          value: [
            { kind: 'role', name: 'Maintainers', mode: 'always' },
            { kind: 'deploy-keys', name: null, mode: 'always' },
            { kind: 'person', name: 'carol', mode: 'always' },
          ],
        },
      },
      {
        include: ['refs/tags/v*'],
        rules: [{ kind: 'update' }, { kind: 'deletion' }],
        bypass: { value: [] },
      },
      { include: ['refs/tags/old-*'], rules: [{ kind: 'creation' }], bypass: { value: [] } },
      { include: ['refs/tags/old-*'], bypass: { value: [] } },
    ],
  });
  expect(found.branchRulesets).toMatchObject({
    value: [{ include: ['refs/heads/m*n'], bypass: { value: [] } }],
  });
  expect(found.branchProtection).toMatchObject({
    value: {
      branch: 'main',
      review: { approvals: 2, codeOwners: true, staleDismissed: true, lastPushApproved: false },
      forcePushAllowed: false,
      bypass: [],
    },
  });
  expect(found.environments).toMatchObject({
    value: [
      {
        name: 'npm',
        approvals: 2,
        reviewers: [
          { kind: 'team', name: 'security' },
          { kind: 'person', name: 'bob' },
        ],
        selfReviewPrevented: { value: true },
      },
      { name: 'docs', approvals: 0, reviewers: [] },
    ],
  });
  expect(found.actions.jobToken).toMatchObject({ value: { limited: true, mayPush: true } });
});

test('variables are named with their flags, and their values are not kept', async () => {
  const { observe } = await forge();
  const found = await observe();
  expect(found.secrets.repository).toMatchObject({
    value: [
      {
        name: 'NPM_TOKEN',
        createdAt: null,
        guard: { protectedRefsOnly: false, masked: true, environments: 'npm' },
      },
    ],
  });
  expect(found.secrets.organization).toMatchObject({
    value: [{ name: 'SHARED', guard: { protectedRefsOnly: true, environments: '*' } }],
  });
  expect(JSON.stringify(found)).not.toContain(value);
});

test('a default branch that no pattern covers is seen as unprotected', async () => {
  const { observe } = await forge({ ...ANSWERS, [`${P}/protected_branches`]: [] });
  expect((await observe()).branchProtection).toMatchObject({ kind: 'observed', value: null });
});

test('what a tier does not offer leaves environments and reviews unverified', async () => {
  const { [`${P}/protected_environments`]: _, [`${P}/approval_rules`]: __, ...free } = ANSWERS;
  const { observe } = await forge(free);
  const found = await observe();
  expect(found.environments.kind).toBe('unverified');
  expect(found.branchProtection.kind).toBe('unverified');
  expect(found.tagRulesets.kind).toBe('observed');
});

test('without a token only the project itself is asked for', async () => {
  const { observe, seen } = await forge(ANSWERS, false);
  const found = await observe();
  expect(found.defaultBranch.kind).toBe('observed');
  expect(found.tagRulesets).toMatchObject({ reason: expect.stringMatching(/^no token/) });
  expect(seen.map((one) => one.url)).toEqual([`GET ${P}`]);
});

test.each(['alice', '../x', 'alice/../bob', 'alice//x', 'a/b?c'])(
  'the project %j is refused',
  async (name) => {
    const observer = createGitlabSettings({
      baseUrl: 'http://127.0.0.1:1/',
      token: null,
      now: () => '2026-11-30T02:00:00.000Z',
      sleep: async () => {},
    });
    await expect(observer.observe(name)).rejects.toMatchObject({ code: 'malformed-name' });
  },
);
