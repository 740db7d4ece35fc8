import { afterEach, describe, expect, test } from 'vitest';
import { startAnswering } from '../../test/contract/ecosystem-world.ts';
import { Secret } from '../host/secret.ts';
import { createNpmSettings } from './npm-package.ts';

const token = ['npm', 'sample', 'not', 'real'].join('_');

/** A package document and the calls around it, in the documented shapes. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  '/@alice%2faitbc': {
    name: '@alice/aitbc',
    'dist-tags': { latest: '1.1.0', next: '2.0.0-rc.1' },
    maintainers: [{ name: 'alice', email: 'alice@Example.ORG' }, { name: 'bob' }],
    time: {
      created: '2025-01-01T00:00:00.000Z',
      modified: '2026-11-01T00:00:00.000Z',
      '1.0.0': '2026-01-01T00:00:00.000Z',
      '1.1.0': '2026-10-01T00:00:00.000Z',
    },
    versions: {
      '1.0.0': {
        name: '@alice/aitbc',
        readme: 'x'.repeat(10_000),
        _npmUser: { name: 'alice', email: 'alice@example.org' },
        dist: { tarball: 'http://localhost/x.tgz' },
      },
      '1.1.0': {
        _npmUser: {
          name: 'GitHub Actions',
          email: 'npm-oidc-no-reply@github.com',
          trustedPublisher: { id: 'github', oidcConfigId: 'oidc:1' },
        },
        dist: {
          attestations: {
            url: 'http://localhost/-/npm/v1/attestations/x',
            provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
          },
        },
      },
    },
  },
  '/-/package/@alice%2faitbc/collaborators': { alice: 'read-write', carol: 'read-only' },
  '/-/package/@alice%2faitbc/trust': [
    {
      id: '1',
      type: 'github',
      claims: {
        repository: 'alice/aitbc',
        workflow_ref: { file: 'release.yml' },
        environment: 'npm',
      },
      permissions: ['createStagedPackage'],
    },
    {
      id: '2',
      type: 'gitlab',
      claims: { project_path: 'alice/aitbc', ci_config_ref_uri: { file: '.gitlab-ci.yml' } },
      permissions: ['createPackage', 'createStagedPackage'],
    },
    {
      id: '3',
      type: 'github',
      claims: { repository: 'alice/old', workflow_ref: { file: 'a.yml' } },
    },
  ],
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

type Answer = { status: number; headers?: Record<string, string>; body?: string };

async function registry(special: (url: string) => Answer | undefined = () => undefined) {
  const server = await startAnswering(({ url }) => {
    const answer = special(url);
    if (answer !== undefined) return answer;
    const known = ANSWERS[url];
    return known === undefined
      ? { status: 404, body: '{"error":"Not found"}' }
      : { status: 200, body: JSON.stringify(known) };
  });
  stops.push(server.stop);
  const observer = createNpmSettings({
    registry: server.url,
    token: new Secret(token),
    now: () => '2026-11-30T02:00:00.000Z',
    sleep: async () => {},
  });
  return { ...server, observe: (name = '@alice/aitbc') => observer.observe(name) };
}

const tokenPages = (url: string): Answer | undefined => {
  if (!url.startsWith('/-/npm/v1/tokens')) return undefined;
  const second = url.includes('page=1');
  const objects = second
    ? [{ key: 'b', token: 'npm_b', readonly: true, created: '2026-02-01T00:00:00.000Z' }]
    : [
        {
          key: 'a',
          token: 'npm_a',
          name: 'ci',
          readonly: false,
          created: '2026-01-01T00:00:00.000Z',
          expires: '2026-03-01T00:00:00.000Z',
          cidr_whitelist: ['192.0.2.0/24'],
          bypass_2fa: true,
        },
      ];
  const urls = second ? {} : { next: '/-/npm/v1/tokens?page=1' };
  return { status: 200, body: JSON.stringify({ objects, total: 2, urls }) };
};

describe('a package at npm', () => {
  test('is read with maintainers, versions and who published them', async () => {
    const { observe } = await registry();
    const found = await observe();
    expect(found.maintainers).toMatchObject({
      at: 'GET /@alice%2faitbc',
      value: [
        { name: 'alice', role: 'maintainer', emailDomain: 'example.org' },
        { name: 'bob', role: 'maintainer', emailDomain: null },
      ],
    });
    const latest = {
      version: '1.1.0',
      publishedAt: '2026-10-01T00:00:00.000Z',
      publisher: 'GitHub Actions',
      byTrustedPublisher: true,
      provenance: 'https://slsa.dev/provenance/v1',
    };
    expect(found.latest).toMatchObject({ value: latest });
    expect(found.recent).toMatchObject({
      value: [
        latest,
        { version: '1.0.0', publisher: 'alice', byTrustedPublisher: false, provenance: null },
      ],
    });
    expect(JSON.stringify(found)).not.toContain('alice@');
  });

  test('is read with collaborators and trusted publishers', async () => {
    const { observe } = await registry();
    const found = await observe();
    expect(found.collaborators).toMatchObject({
      value: [
        { name: 'alice', permission: 'write' },
        { name: 'carol', permission: 'read' },
      ],
    });
    expect(found.trustedPublishers).toMatchObject({
      value: [
        {
          issuer: 'github',
          repository: 'alice/aitbc',
          workflow: 'release.yml',
          environment: 'npm',
          may: ['stage'],
        },
        {
          issuer: 'gitlab',
          workflow: '.gitlab-ci.yml',
          environment: null,
          may: ['publish', 'stage'],
        },
        { issuer: 'github', repository: 'alice/old', may: ['publish'] },
      ],
    });
    expect(found.publishAccess.kind).toBe('unverified');
  });

  test('shows tokens over all pages, asked for once, and never the token', async () => {
    const { observe, seen } = await registry(tokenPages);
    const found = await observe();
    await observe('other');
    expect(found.tokens).toMatchObject({
      value: [
        {
          name: 'ci',
          readOnly: false,
          expiresAt: '2026-03-01T00:00:00.000Z',
          addressBound: true,
          secondFactorBypassed: true,
        },
        { name: 'without a name', readOnly: true, secondFactorBypassed: null },
      ],
    });
    expect(seen.filter((one) => one.url.includes('tokens'))).toHaveLength(2);
    expect(JSON.stringify(found)).not.toContain('npm_a');
  });

  test('asks for a second factor, which is no wrong token', async () => {
    const { observe } = await registry((url) =>
      url.endsWith('/trust')
        ? { status: 401, headers: { 'www-authenticate': 'OTP' }, body: '{}' }
        : undefined,
    );
    const found = await observe();
    expect(found.trustedPublishers).toMatchObject({
      reason: expect.stringMatching(/shows this only with a second factor$/),
    });
    expect(found.latest.kind).toBe('observed');
  });

  test('refuses a token that has ended', async () => {
    const { observe } = await registry((url) =>
      url.includes('/-/') ? { status: 401, body: '{"error":"Unauthorized"}' } : undefined,
    );
    await expect(observe()).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('that is not there is not seen', async () => {
    const { observe } = await registry();
    expect((await observe('nothing')).latest).toEqual({
      kind: 'unverified',
      reason: 'not found, or hidden from this token',
    });
  });

  test.each([
    ['another name', '{"name":"x","versions":{}}', 'names another package'],
    ['a user that is text', '{"name":"p","versions":{"1.0.0":{"_npmUser":"alice"}}}', '_npmUser'],
    ['a time that is none', '{"name":"p","time":{"1.0.0":"yesterday"}}', 'time.1.0.0'],
    [
      'a maintainer with an escape',
      '{"name":"p","maintainers":[{"name":"\\u001b[2J"}]}',
      'printable',
    ],
    ['great depth', `{"name":"p","versions":${'{"a":'.repeat(5_000)}`, 'nested deeper'],
    ['an early end', '{"name":"p","versions":{', 'ends too early'],
  ])('that lies with %s is not seen', async (_, body, reason) => {
    const { observe } = await registry((url) => (url === '/p' ? { status: 200, body } : undefined));
    expect((await observe('p')).latest).toEqual({
      kind: 'unverified',
      reason: expect.stringContaining(reason),
    });
  });

  test.each(['../x', '@a/b/c', 'a b', '', 'a'.repeat(300)])('%j is not asked for', async (name) => {
    const { observe, seen } = await registry();
    expect((await observe(name)).latest).toMatchObject({
      reason: expect.stringMatching(/^not asked/),
    });
    expect(seen).toEqual([]);
  });
});
