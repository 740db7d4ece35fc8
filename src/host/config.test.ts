import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isCountersignError } from '../core/errors.ts';
import { loadConfig, parseConfig } from './config.ts';

const base = `gateway: { origin: "https://release.example.com" }
upstreams:
  npm-public: { ecosystem: npm, url: https://registry.example.com, mode: publish, credential: npm }
projects:
  aitbc:
    packages: [{ name: "@aitbc/explorer-web", ecosystem: npm, upstream: npm-public }]
    policies: [strict]
policies:
  strict: { approvals: { minimum: 2 } }
`;

function problemOf(text: string): { code: string; message: string; hint: string | undefined } {
  try {
    parseConfig(text, '/srv/countersign.yaml');
  } catch (error) {
    if (isCountersignError(error)) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('configuration file', () => {
  test('fills in what it leaves out and resolves paths against its folder', () => {
    const config = parseConfig(base, '/srv/countersign.yaml');
    expect(config.gateway).toEqual({
      origin: 'https://release.example.com',
      listen: { host: '127.0.0.1', port: 8787 },
      data: '/srv/data',
      limits: {
        uploadMaxBytes: 256 * 1024 ** 2,
        releaseMaxBytes: 2 * 1024 ** 3,
        requestMaxBytes: 1024 ** 2,
        receiveWithinSeconds: 3600,
        inspectWithinSeconds: 300,
      },
    });
    expect(config.notify).toEqual([]);
    expect(config.proposal.upstreams['npm-public']?.url).toBe('https://registry.example.com/');
  });

  test('a relying party that pages of the sign-in origin could claim is refused', () => {
    const settings = (host: string) =>
      `${base}passkeys: { relying-party: ${host}, origins: ["https://${host}"] }\n`;
    for (const host of ['release.example.com', 'example.com', 'com']) {
      const { code, message } = problemOf(settings(host));
      expect(code).toBe('config-invalid');
      expect(message).toContain(
        `expected a host that pages of https://release.example.com cannot claim, found ${host}`,
      );
    }
    const { proposal } = parseConfig(settings('approve.example.com'), '/srv/countersign.yaml');
    expect(proposal.passkeys?.relyingParty).toBe('approve.example.com');
  });

  test('reads webhooks, their secret named and never held', () => {
    const text = `${base}notify:
  - { kind: webhook, url: "https://hooks.example.com/in", secret-file: keys/hook }
  - { kind: webhook, url: "http://127.0.0.1:9/in", events: [release.published], secret-env: HOOK }
`;
    const { notify } = parseConfig(text, '/srv/countersign.yaml');
    expect(notify[0]).toMatchObject({ secret: { kind: 'file', path: '/srv/keys/hook' } });
    expect(notify[0]?.events).toHaveLength(6);
    expect(notify[1]).toMatchObject({
      secret: { kind: 'environment', name: 'HOOK' },
      events: ['release.published'],
    });
  });

  const refused: readonly [string, string, string, string][] = [
    [
      'a misspelt key',
      '{ minimum: 2 }',
      '{ minimun: 2 }',
      '9:26: policies.strict.approvals.minimun',
    ],
    [
      'fewer than two people',
      'minimum: 2',
      'minimum: 1',
      'expected a whole number from 2 to 100, found 1',
    ],
    ['a fraction of a person', 'minimum: 2', 'minimum: 2.5', 'found 2.5'],
    ['a number as text', 'minimum: 2', 'minimum: "2"', 'found "2"'],
    [
      'an unknown mode',
      'mode: publish',
      'mode: push',
      'expected publish or stage or stage-by-ci or ci, found "push"',
    ],
    [
      'an unknown ecosystem',
      'ecosystem: npm, url',
      'ecosystem: gems, url',
      'upstreams.npm-public.ecosystem: expected npm or pypi',
    ],
    [
      'plain http',
      'https://registry',
      'http://registry',
      '3:33: upstreams.npm-public.url: expected https',
    ],
    [
      'an address with a user',
      'https://registry',
      'https://bob@registry',
      'without user and password',
    ],
    [
      'an address with a query',
      'example.com, mode',
      'example.com/?a=b, mode',
      'without query and fragment',
    ],
    [
      'a publish mode without credential',
      ', credential: npm',
      '',
      'upstreams.npm-public.credential: expected the name of a vault secret',
    ],
    [
      'an unknown policy',
      '[strict]',
      '[strikt]',
      'projects.aitbc.policies.0: expected the name of a policy, found strikt',
    ],
    ['no policy', '[strict]', '[]', 'expected at least one policy, found a list of 0'],
    [
      'an unknown upstream',
      'upstream: npm-public',
      'upstream: npm-pubic',
      'found npm-pubic, which upstreams does not have',
    ],
    [
      'a duration without unit',
      '{ minimum: 2 }',
      '{ expires: 72 }',
      'expected a duration such as 72h, 30m or 7d, found 72',
    ],
    [
      'a duration out of range',
      '{ minimum: 2 }',
      '{ expires: 91d }',
      'expected 1m to 90d, found 91d',
    ],
    ['an origin with a path', 'release.example.com', 'release.example.com/x', 'gateway.origin'],
    [
      'an origin over plain http',
      'https://release',
      'http://release',
      'expected https, found plain http to release.example.com',
    ],
    [
      'a doubled key',
      'projects:',
      'gateway: {}\nprojects:',
      '4:1: expected YAML 1.2, found a key that stands twice',
    ],
    ['an anchor', '{ approvals', '&a { approvals', 'found an anchor'],
    ['an alias', '{ minimum: 2 }', '*a', 'found'],
    ['a tag', '{ minimum: 2 }', '!!js/function "x"', 'found a tag'],
    ['a second document', 'projects:', '---\nprojects:', 'several documents'],
    ['__proto__ as a name', 'strict: {', '__proto__: {', 'found __proto__'],
    ['a name with a slash', 'strict: {', 'a/b: {', 'policies.a/b: expected a policy of 1 to 64'],
    [
      'a repository with a scheme',
      'packages:',
      'repository: "https://github.com/a/b"\n    packages:',
      'without scheme',
    ],
    ['a port that is none', 'gateway: {', 'gateway: { listen: "127.0.0.1:99999",', 'up to 65535'],
  ];
  test.each(refused)('refuses %s and says where', (_, found, replacement, message) => {
    expect(base).toContain(found);
    const problem = problemOf(base.replace(found, replacement));
    expect(problem.code).toBe('config-invalid');
    expect(problem.message).toContain('/srv/countersign.yaml:');
    expect(problem.message).toContain(message);
  });

  test.each([
    ['{ minimum: 2 }', '{ minimun: 2 }', 'did you mean minimum'],
    ['policies:\n  strict', 'polices:\n  strict', 'did you mean policies'],
    ['mode: publish', 'mdoe: publish', 'did you mean mode'],
    [
      'credential: npm',
      'readurl: "https://x.example.com", credential: npm',
      'did you mean readUrl',
    ],
  ])('suggests the key that was meant for %s -> %s', (found, replacement, hint) => {
    expect(problemOf(base.replace(found, replacement)).hint).toBe(hint);
  });

  test('names several problems at once, in order of place', () => {
    const text = base.replace('mode: publish', 'mode: push').replace('minimum: 2', 'minimum: 0');
    const { message } = problemOf(text);
    expect(message.indexOf(':3:')).toBeGreaterThan(0);
    expect(message.indexOf(':9:')).toBeGreaterThan(message.indexOf(':3:'));
  });

  const secrets: readonly [string, string][] = [
    ['an npm token', ['npm', 'a'.repeat(36)].join('_')],
    ['a PyPI token', ['pypi', 'A'.repeat(40)].join('-')],
    ['a GitHub token', ['ghp', 'b'.repeat(36)].join('_')],
    ['an AWS access key id', `AK${'IA'}${'Q'.repeat(16)}`],
    ['a webhook signing secret', ['whsec', 'c'.repeat(32)].join('_')],
    ['a password in an address', `https://alice:${'d'.repeat(12)}@registry.example.com`],
  ];
  test.each(secrets)('refuses %s anywhere, and does not repeat it', (what, secret) => {
    for (const place of ['credential: npm', 'minimum: 2', 'url: https://registry.example.com']) {
      const key = place.slice(0, place.indexOf(':'));
      const problem = problemOf(base.replace(place, `${key}: "${secret}"`));
      expect(problem.message).toContain(`what looks like ${what}`);
      expect(`${problem.message} ${problem.hint}`).not.toContain(secret);
    }
    const asKey = problemOf(base.replace('minimum', `"${secret}"`));
    expect(`${asKey.message} ${asKey.hint}`).not.toContain(secret);
  });

  test('a syntax error does not repeat the line, which may hold a secret', () => {
    const secret = ['npm', 'a'.repeat(36)].join('_');
    const problem = problemOf(base.replace('credential: npm', `credential: "${secret}`));
    expect(problem.message).not.toContain(secret);
  });

  const hostile: readonly [string, string][] = [
    [
      'aliases that multiply',
      `a: &a [1,1]\nb: &b [${'*a,'.repeat(99)}*a]\nc: [${'*b,'.repeat(99)}*b]`,
    ],
    ['brackets without end', '['.repeat(200_000)],
    ['lists in lists on one line', '- '.repeat(100_000)],
    ['keys in keys', '? '.repeat(100_000)],
    ['quotes without end', '"'.repeat(100_001)],
    ['many unknown keys', Array.from({ length: 15_000 }, (_, at) => `k${at}: 1`).join('\n')],
    ['one very long line', `a: ${'x'.repeat(250_000)}`],
    ['nothing', ''],
    ['a text', 'hello'],
    ['a list', '- 1'],
    ['control characters', 'gateway: "\u0000\u001b[31m"'],
  ];
  test.each(hostile)('refuses %s, quickly', (_, text) => {
    const start = performance.now();
    const problem = problemOf(text);
    expect(problem.code).toBe('config-invalid');
    expect(problem.message.length).toBeLessThan(2_000);
    expect(problem.message).toMatch(/^[\x20-\x7e]*$/);
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});

describe('loading from disk', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-config-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('reads the file', async () => {
    const file = join(folder, 'countersign.yaml');
    await writeFile(file, base);
    const config = await loadConfig(file);
    expect(config.file).toBe(file);
    expect(config.gateway.data).toBe(join(folder, 'data'));
  });

  test('says that there is none', async () => {
    await expect(loadConfig(join(folder, 'none.yaml'))).rejects.toMatchObject({
      code: 'config-not-found',
      hint: expect.stringContaining('countersign init'),
    });
    await expect(loadConfig(folder)).rejects.toMatchObject({ code: 'config-not-found' });
  });

  test('refuses what is too large or not UTF-8', async () => {
    const large = join(folder, 'large.yaml');
    await writeFile(large, `# ${'x'.repeat(256 * 1024)}\n${base}`);
    await expect(loadConfig(large)).rejects.toMatchObject({ code: 'config-invalid' });
    const latin = join(folder, 'latin.yaml');
    await writeFile(latin, Buffer.concat([Buffer.from('# caf'), Buffer.from([0xe9, 0x0a])]));
    await chmod(latin, 0o600);
    await expect(loadConfig(latin)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('expected UTF-8'),
    });
  });
});
