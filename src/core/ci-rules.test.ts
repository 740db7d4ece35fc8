import { describe, expect, test } from 'vitest';
import {
  ACCOUNTS,
  type Claims,
  COMMIT,
  githubClaims,
  gitlabClaims,
  OWNER,
  REPOSITORY,
  WORKFLOW,
} from '../../test/servers/ci-issuer.ts';
import { readCiClaims } from './ci-claims.ts';
import { acceptedAudiences, whyNotNow, whyOtherRelease, whyUnbound } from './ci-rules.ts';
import type { CiBinding, Project } from './policy.ts';

const TAG = 'refs/tags/v1.2.3';
const NOW = 1_800_000_000;
const github: CiBinding = {
  kind: 'github',
  issuer: 'https://ci.example.com',
  audience: 'release.example.com',
  repository: REPOSITORY,
  owner: OWNER,
  workflow: WORKFLOW,
  environment: 'release',
};
const gitlab: CiBinding = {
  ...github,
  kind: 'gitlab',
  issuer: 'https://git.example.com',
  workflow: '.gitlab-ci.yml',
};
const common = { aud: 'npm:release.example.com', jti: 'one', iat: NOW, nbf: NOW, exp: NOW + 300 };
const run = (changes: Claims = {}, ref = TAG) =>
  readCiClaims('github', { ...common, iss: github.issuer, ...githubClaims(ref), ...changes });
const job = (changes: Claims = {}) =>
  readCiClaims('gitlab', {
    ...common,
    iss: gitlab.issuer,
    ...gitlabClaims('git.example.com', 'v1.2.3'),
    ...changes,
  });

describe('a run of the bound workflow', () => {
  test('is taken, of GitHub and of GitLab', () => {
    expect(whyUnbound(run(), github)).toBeNull();
    expect(whyUnbound(job(), gitlab)).toBeNull();
    expect(run()).toMatchObject({ repository: REPOSITORY, actor: ACCOUNTS.alice, attempt: 1 });
    expect(job()).toMatchObject({ ref: TAG, run: '88001', commit: COMMIT });
  });

  test('may have any environment where the binding names none', () => {
    const anywhere = { ...github, environment: null };
    expect(whyUnbound(run({ environment: undefined }), anywhere)).toBeNull();
    expect(whyUnbound(run({ environment: 'other' }), anywhere)).toBeNull();
  });

  test('is never judged by its subject', () => {
    for (const sub of ['repo:evil/evil:ref:refs/heads/x', '', undefined]) {
      expect(whyUnbound(run({ sub }), github)).toBeNull();
    }
  });
});

const fork = 'example/fork/.github/workflows/release.yml@refs/tags/v1.2.3';
test.each<[string, Claims, string]>([
  ['another repository', { repository_id: '9' }, 'of repository 9, not 1001'],
  [
    'a repository of the same name with another number',
    { repository_id: '1002' },
    'repository 1002',
  ],
  ['another owner', { repository_owner_id: '9' }, 'belongs to owner 9, not 2002'],
  [
    'another workflow',
    { workflow_ref: 'example/aitbc/.github/workflows/x.yml@refs/tags/v1.2.3' },
    'the workflow is example/aitbc/.github/workflows/x.yml',
  ],
  ['a reusable workflow from elsewhere', { job_workflow_ref: fork }, `the workflow is ${fork}`],
  [
    'the workflow as it is at another ref',
    { workflow_ref: `example/aitbc/${WORKFLOW}@refs/heads/main` },
    '@refs/heads/main, not',
  ],
  ['another environment', { environment: 'staging' }, 'environment staging, not release'],
  ['no environment', { environment: undefined }, 'environment none, not release'],
  ['an environment in another case', { environment: 'Release' }, 'environment Release'],
  ['a pull request', { event_name: 'pull_request' }, 'started by pull_request'],
  [
    'a pull request with the rights of its target',
    { event_name: 'pull_request_target' },
    'started by pull_request_target',
  ],
  [
    'branches of a pull request under another event',
    { head_ref: 'evil' },
    'started by pull_request',
  ],
  ['a comment', { event_name: 'issue_comment' }, 'started by issue_comment'],
  ['another run that ended', { event_name: 'workflow_run' }, 'started by workflow_run'],
  ['an SSH rerun', { 'oidc.circleci.com/ssh-rerun': true }, 'started again over SSH'],
  [
    'another audience',
    { aud: 'npm:registry.example.com' },
    'for audience npm:registry.example.com',
  ],
  [
    'an audience that only begins like ours',
    { aud: 'npm:release.example.com.evil.example' },
    'for audience',
  ],
  [
    'an issuer that only begins like ours',
    { iss: `${github.issuer}.evil.example` },
    'another issuer',
  ],
])('a run of %s is not', (_what, changes, why) => {
  expect(whyUnbound(run(changes), github)).toContain(why);
});

test('a run at the ref of a pull request is not', () => {
  expect(whyUnbound(run({}, 'refs/pull/7/merge'), github)).toContain('at refs/pull/7/merge');
});

test.each<[string, Claims, string]>([
  ['another project', { project_id: '9' }, 'of repository 9'],
  ['another namespace', { namespace_id: '9' }, 'belongs to owner 9'],
  ['a merge request', { pipeline_source: 'merge_request_event' }, 'started by merge_request_event'],
  ['a fork’s merge request', { pipeline_source: 'external_pull_request_event' }, 'started by'],
  ['a pipeline that another started', { pipeline_source: 'parent_pipeline' }, 'started by'],
  [
    'a configuration from elsewhere',
    { ci_config_ref_uri: 'git.example.com/evil/ci//.gitlab-ci.yml@refs/tags/v1.2.3' },
    'the workflow is',
  ],
  ['another environment', { environment: 'staging' }, 'environment staging'],
])('a GitLab job of %s is not', (_what, changes, why) => {
  expect(whyUnbound(job(changes), gitlab)).toContain(why);
});

test.each<[string, Claims]>([
  ['repository_id', { repository_id: 1001 }],
  ['repository_id', { repository_id: '01001' }],
  ['repository_owner_id', { repository_owner_id: undefined }],
  ['run_attempt', { run_attempt: '1.5' }],
  ['aud', { aud: ['npm:release.example.com', 'other'] }],
  ['jti', { jti: '' }],
  ['sha', { sha: 'c0ffee' }],
  ['ref', { ref: 'refs/tags/v1\n' }],
  ['iat', { iat: '1800000000' }],
  ['exp', { exp: 1.5 }],
  ['actor_id', { actor_id: undefined }],
])('a claim %s of another form is refused, and named', (claim, changes) => {
  expect(() => run(changes)).toThrow(`claim ${claim}: expected`);
});

test('a token is good from when it was made, for ten minutes at most, and never past its end', () => {
  const at = (seconds: number) => (NOW + seconds) * 1000;
  expect(whyNotNow(run(), at(0))).toBeNull();
  expect(whyNotNow(run(), at(-60))).toBeNull();
  expect(whyNotNow(run(), at(-61))).toContain('in the future');
  expect(whyNotNow(run(), at(299))).toBeNull();
  expect(whyNotNow(run(), at(300))).toContain('expired');
  const long = run({ exp: NOW + 86_400 });
  expect(whyNotNow(long, at(600))).toBeNull();
  expect(whyNotNow(long, at(601))).toContain('older than 10 minutes');
  expect(whyNotNow(run({ nbf: NOW + 200 }), at(0))).toContain('in the future');
});

test('an audience is the host, or npm with it, and nothing else', () => {
  expect(acceptedAudiences('127.0.0.1:8787')).toEqual([
    '127.0.0.1:8787',
    'npm:127.0.0.1:8787',
    'npm:127.0.0.1',
  ]);
  expect(acceptedAudiences('release.example.com')).toEqual([
    'release.example.com',
    'npm:release.example.com',
  ]);
});

describe('which release a run is of', () => {
  const project: Project = {
    repository: null,
    packages: [],
    policies: ['strict'],
    source: { remote: 'unused', branches: ['main', 'release/*'], outputs: [] },
  };
  const release = { tag: 'v1.2.3', commit: null };
  const main = run({}, 'refs/heads/main');

  test('the one of its tag, and of its commit where the release names one', () => {
    expect(whyOtherRelease(run(), release, project)).toBeNull();
    expect(whyOtherRelease(run(), { ...release, commit: COMMIT }, project)).toBeNull();
    expect(whyOtherRelease(run(), { ...release, tag: 'v1.2.4' }, project)).toContain(
      'of tag v1.2.3',
    );
    const other = { ...release, commit: 'd'.repeat(40) };
    expect(whyOtherRelease(run(), other, project)).toContain(`of commit ${COMMIT}`);
  });

  test('on a protected branch, the one that was opened for its commit', () => {
    const opened = { ...release, commit: COMMIT };
    expect(whyOtherRelease(main, opened, project)).toBeNull();
    expect(whyOtherRelease(run({}, 'refs/heads/release/1'), opened, project)).toBeNull();
    expect(whyOtherRelease(main, release, project)).toContain('not opened for a commit');
    for (const ref of ['refs/heads/mainly', 'refs/heads/evil/main', 'refs/notes/main']) {
      expect(whyOtherRelease(run({}, ref), opened, project)).toContain('no protected branch');
    }
    const { source: _, ...without } = project;
    expect(whyOtherRelease(main, opened, without)).toContain('no protected branch');
  });
});
