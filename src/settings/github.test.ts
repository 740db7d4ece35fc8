import { afterEach, describe, expect, test } from 'vitest';
import { startAnswering } from '../../test/contract/ecosystem-world.ts';
import { Secret } from '../host/secret.ts';
import type { ForgeSettings } from '../posture/settings.ts';
import { createGithubSettings } from './github.ts';
import { GITHUB_ANSWERS } from './sample-github.ts';

type Answer = { status: number; headers?: Record<string, string>; body?: string };

const token = ['ghp', 'sample', 'not', 'real'].join('_');
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** `special` answers first; what it leaves is answered from the sample. */
async function forge(special: (path: string) => Answer | undefined = () => undefined) {
  const server = await startAnswering(({ url }) => {
    const path = url.split('?')[0] ?? '';
    const known = GITHUB_ANSWERS[path];
    const found = special(path);
    if (found !== undefined) return found;
    if (known === undefined) return { status: 404, body: '{"message":"Not Found"}' };
    return { status: 200, body: JSON.stringify(known) };
  });
  stops.push(server.stop);
  const observe = (withToken = true): Promise<ForgeSettings> =>
    createGithubSettings({
      baseUrl: server.url,
      token: withToken ? new Secret(token) : null,
      now: () => '2026-11-30T02:00:00.000Z',
      sleep: async () => {},
    }).observe('alice/aitbc');
  return { ...server, observe };
}

/** The value of a part that must have been seen. */
function seen<T>(part: { kind: 'observed'; value: T } | { kind: 'unverified'; reason: string }): T {
  if (part.kind === 'unverified') throw new Error(`not seen: ${part.reason}`);
  return part.value;
}

describe('with full sight', () => {
  test('the repository, its rulesets and its branch are read', async () => {
    const { observe } = await forge();
    const found = await observe();
    expect(found.defaultBranch).toEqual({
      kind: 'observed',
      value: 'main',
      at: 'GET /repos/alice/aitbc',
    });
    expect(seen(found.owner)).toBe('organization');
    expect(seen(found.tagRulesets)).toEqual([
      {
        name: 'release tags',
        level: 'repository',
        target: 'tag',
        enforcement: 'active',
        include: ['refs/tags/v*'],
        exclude: [],
        rules: [
          { kind: 'creation' },
          { kind: 'update' },
          { kind: 'deletion' },
          { kind: 'other', name: 'required_linear_history' },
          {
            kind: 'name-pattern',
            operator: 'regex',
            pattern: '^v\\d+\\.\\d+\\.\\d+$',
            negate: false,
          },
        ],
        bypass: {
          kind: 'observed',
          at: 'GET /repos/alice/aitbc/rulesets/7',
          value: [
            { kind: 'role', name: 'admin', mode: 'pull-request' },
            { kind: 'deploy-keys', name: null, mode: 'always' },
          ],
        },
      },
    ]);
    expect(seen(found.branchRulesets)[0]).toMatchObject({
      level: 'owner',
      enforcement: 'evaluate',
      rules: [{ kind: 'force-push' }, { kind: 'review', approvals: 2, codeOwners: true }],
      bypass: { kind: 'unverified', reason: 'shown only to tokens that may write the ruleset' },
    });
    expect(seen(found.branchProtection)).toEqual({
      branch: 'main',
      review: { approvals: 2, codeOwners: true, staleDismissed: true, lastPushApproved: true },
      adminsBound: true,
      forcePushAllowed: false,
      deletionAllowed: false,
      bypass: [
        { kind: 'person', name: 'carol', mode: 'always' },
        { kind: 'app', name: 'release-bot', mode: 'always' },
      ],
    });
  });

  test('environments are read with their policies, apps and secrets', async () => {
    const { observe } = await forge();
    const [npm, docs] = seen((await observe()).environments);
    expect(npm).toMatchObject({
      name: 'release/npm',
      reviewers: [
        { kind: 'person', name: 'bob' },
        { kind: 'team', name: 'release-managers' },
      ],
      approvals: 1,
      selfReviewPrevented: { value: true },
      adminsMayBypass: { value: false },
      waitMinutes: 15,
      refs: { value: { kind: 'patterns', patterns: [{ kind: 'tag', pattern: 'v*.*.*' }] } },
      customRules: { value: ['countersign-gate'] },
      secrets: { value: [{ name: 'NPM_STAGE', updatedAt: '2026-11-01T08:00:00.000Z' }] },
    });
    expect(docs).toMatchObject({
      reviewers: [],
      approvals: 0,
      selfReviewPrevented: { value: false },
      adminsMayBypass: { kind: 'unverified' },
      refs: { value: { kind: 'any' } },
    });
  });

  test('actions, secrets, releases, runners and keys are read', async () => {
    const { observe } = await forge();
    const found = await observe();
    expect(found.actions).toMatchObject({
      allowed: {
        value: { kind: 'selected', ofForge: true, ofVerified: false, patterns: ['alice/*'] },
      },
      pinningRequired: { value: true },
      defaultPermissions: { value: 'read' },
      mayApprovePullRequests: { value: false },
      forkApproval: { value: 'all-outside' },
      jobToken: { kind: 'unverified', reason: 'not offered by GitHub' },
    });
    expect(seen(found.secrets.organization).map((one) => one.name)).toEqual(['SHARED']);
    expect(seen(found.secrets.repository)).toEqual([]);
    expect(seen(found.immutableReleases)).toEqual({ enabled: true, enforcedByOwner: false });
    expect(seen(found.runners)).toEqual([
      { name: 'attic', labels: ['self-hosted'], online: true, ephemeral: null },
    ]);
    expect(seen(found.writingDeployKeys)).toEqual([
      { title: 'old bot', createdAt: '2023-01-01T00:00:00.000Z', lastUsedAt: null },
    ]);
  });

  test('a renamed repository is followed on the same host, and says so', async () => {
    const { observe, url } = await forge((path) => {
      if (path === '/repos/alice/aitbc') {
        return { status: 301, headers: { location: `${url}repositories/1` } };
      }
      if (path !== '/repositories/1') return undefined;
      const body = { ...(GITHUB_ANSWERS['/repos/alice/aitbc'] as object), full_name: 'alice/new' };
      return { status: 200, body: JSON.stringify(body) };
    });
    const found = await observe();
    expect(found.repository).toBe('alice/new');
    expect(found.defaultBranch).toMatchObject({
      at: 'GET /repos/alice/aitbc (moved to /repositories/1)',
    });
    // asked at the new name, which the sample does not have
    expect(found.runners).toMatchObject({ kind: 'unverified', reason: /not found/ });
  });

  test('a branch without classic protection is seen as such, another 404 is not', async () => {
    const at = '/repos/alice/aitbc/branches/main/protection';
    const says = (message: string) => (path: string) =>
      path === at ? { status: 404, body: JSON.stringify({ message }) } : undefined;
    const open = await forge(says('Branch not protected'));
    expect((await open.observe()).branchProtection).toMatchObject({ value: null });
    const hidden = await forge(says('Not Found'));
    expect((await hidden.observe()).branchProtection).toEqual({
      kind: 'unverified',
      reason: 'not found, or hidden from this token',
    });
  });

  test("immutable releases are off where an administrator's token gets a 404", async () => {
    const at = '/repos/alice/aitbc/immutable-releases';
    const { observe } = await forge((path) => (path === at ? { status: 404 } : undefined));
    expect(seen((await observe()).immutableReleases).enabled).toBe(false);
  });
});

describe('with less', () => {
  test('a missing right is named as the forge names it', async () => {
    const { observe } = await forge((path) =>
      path.endsWith('/actions/secrets')
        ? {
            status: 403,
            headers: { 'x-accepted-github-permissions': 'secrets=read; administration=read' },
            body: '{"message":"Resource not accessible by personal access token"}',
          }
        : undefined,
    );
    expect((await observe()).secrets.repository).toEqual({
      kind: 'unverified',
      reason:
        'the token may not see it (Resource not accessible by personal access token); it takes the right secrets=read or administration=read',
    });
  });

  test('without a token only what everyone may see is asked for', async () => {
    const { observe, seen: calls } = await forge();
    const found = await observe(false);
    expect(found.environments.kind).toBe('observed');
    expect(found.secrets.repository).toMatchObject({ kind: 'unverified', reason: /^no token/ });
    expect(found.branchProtection).toMatchObject({ kind: 'unverified', reason: /^no token/ });
    expect(calls.every((one) => one.authorization === '')).toBe(true);
    expect(calls.some((one) => one.url.includes('secrets'))).toBe(false);
  });

  test('one ruleset that cannot be read leaves its list unverified, and not the other', async () => {
    const { observe } = await forge((path) =>
      path.endsWith('/rulesets/7') ? { status: 404 } : undefined,
    );
    const found = await observe();
    expect(found.tagRulesets.kind).toBe('unverified');
    expect(found.branchRulesets.kind).toBe('observed');
  });

  test('a token that is not taken is an error', async () => {
    const { observe } = await forge(() => ({
      status: 401,
      body: `{"message":"Bad credentials ${token}"}`,
    }));
    const error = await observe().catch((one: unknown) => one);
    expect(error).toMatchObject({
      code: 'unauthenticated',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ does not take the token: Bad credentials/),
    });
    expect(JSON.stringify(error) + String(error)).not.toContain(token);
  });

  test('a repository that is not there leaves every part unverified', async () => {
    const { observe } = await forge(() => ({ status: 404 }));
    const { forge: _, repository, ...parts } = await observe();
    expect(repository).toBe('alice/aitbc');
    expect(JSON.stringify(parts)).not.toContain('observed');
  });

  test.each(['alice', 'alice/..', 'alice/a b', '../x', 'alice/aitbc/x', ''])(
    'the repository %j is refused',
    async (name) => {
      const observer = createGithubSettings({
        baseUrl: 'http://127.0.0.1:1/',
        token: null,
        now: () => '2026-11-30T02:00:00.000Z',
        sleep: async () => {},
      });
      await expect(observer.observe(name)).rejects.toMatchObject({ code: 'malformed-name' });
    },
  );

  test('wrong types leave the part unverified and say where', async () => {
    const { observe } = await forge((path) =>
      path.endsWith('/environments')
        ? { status: 200, body: '{"total_count":1,"environments":[{"name":7}]}' }
        : undefined,
    );
    expect((await observe()).environments).toEqual({
      kind: 'unverified',
      reason: 'answer.environments[0].name: expected a string, found "7"',
    });
  });
});
