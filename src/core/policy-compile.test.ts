import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';
import type { Sha256 } from './names.ts';
import { comparePolicyDocuments } from './policy-compare.ts';
import { compilePolicyDocument, compilePolicyRules } from './policy-compile.ts';
import type { PolicyConfig, RulesConfig } from './policy-config.ts';
import { POLICY_DEFAULTS } from './policy-inherit.ts';
import { readUpstreamAddress } from './upstream-address.ts';

const config: RulesConfig = {
  upstreams: {
    npm: {
      ecosystem: 'npm',
      url: 'https://registry.example.com',
      mode: 'publish',
      credential: 'npm',
    },
  },
  projects: {
    aitbc: {
      packages: [{ name: '@aitbc/explorer-web', ecosystem: 'npm', upstream: 'npm' }],
      policies: ['strict', 'hotfix'],
    },
  },
  policies: {
    strict: {
      approvals: { minimum: 3, groups: { 'security-team': 1 }, expires: '30m' },
      block: { secrets: 'weak' },
      'dist-tags': ['next'],
      'review-within': '7d',
    },
    hotfix: { extends: 'strict', approvals: { groups: {} }, 'dist-tags': 'any', confirm: false },
  },
};
const first = { version: 1, previous: null };

function withPolicies(policies: Readonly<Record<string, PolicyConfig>>): RulesConfig {
  return { ...config, policies: { ...config.policies, ...policies } };
}

describe('compiling rules', () => {
  test('an empty policy is the defaults', () => {
    const { policies } = compilePolicyRules(withPolicies({ empty: {} }));
    expect(policies['empty']).toEqual(POLICY_DEFAULTS);
  });

  test('approvals and block are merged key by key, groups and lists are replaced', () => {
    const { hotfix, strict } = compilePolicyDocument(config, first).policies;
    expect(strict?.approvals).toMatchObject({ minimum: 3, expiresSeconds: 1800 });
    expect(hotfix?.approvals).toEqual({ ...strict?.approvals, groups: {} });
    expect(hotfix?.block.secrets).toBe('weak');
    expect(hotfix?.distTags).toBeNull();
    expect(hotfix?.confirm).toBeNull();
    expect(hotfix?.reviewWithinSeconds).toBe(7 * 86_400);
  });

  test('an age of dependencies is in seconds, none is 0, and nothing stays nothing', () => {
    const rules = compilePolicyRules(
      withPolicies({ week: { 'young-dependencies': '7d' }, off: { 'young-dependencies': 'none' } }),
    );
    expect(rules.policies['week']?.youngDependencySeconds).toBe(7 * 86_400);
    expect(rules.policies['off']?.youngDependencySeconds).toBe(0);
    expect(rules.policies['strict']).not.toHaveProperty('youngDependencySeconds');
  });

  test('a finding that is accepted has a fingerprint, a reason, a person and a day', () => {
    const entry = {
      finding: 'install-hook:0123456789abcdef',
      message: 'install runs "node-gyp-build"',
      reason: 'native code',
      who: 'alice',
      until: '2026-12-31',
    };
    const compile = (change: Partial<typeof entry>) =>
      compilePolicyRules(withPolicies({ one: { accept: [{ ...entry, ...change }] } })).policies;
    expect(compile({})['one']?.accepted).toEqual([entry]);
    for (const change of [
      { finding: 'x' },
      { reason: ' ' },
      { who: '' },
      { until: '2026-02-30' },
    ]) {
      expect(() => compile(change)).toThrow(/policies\.one\.accept\.0: expected /);
    }
  });

  test('a key that is present but undefined inherits all the same', () => {
    const rules = compilePolicyRules(
      withPolicies({
        child: { extends: 'strict', approvals: { minimum: undefined }, tag: undefined },
      }),
    );
    expect(rules.policies['child']).toEqual(rules.policies['strict']);
  });

  test('version and predecessor stand in the document, the rest does not depend on them', () => {
    const second = { version: 2, previous: 'a'.repeat(64) as Sha256 };
    const document = compilePolicyDocument(config, second);
    expect(document).toEqual({ ...compilePolicyDocument(config, first), ...second });
  });

  test.each<[string, Readonly<Record<string, PolicyConfig>>, string]>([
    [
      'a circle',
      { a: { extends: 'b' }, b: { extends: 'a' } },
      'policies.b.extends: expected extends to come to an end, found the circle a -> b -> a',
    ],
    ['itself', { a: { extends: 'a' } }, 'policies.a.extends'],
    [
      'an unknown policy',
      { a: { extends: 'toString' } },
      'policies.a.extends: expected the name of a policy, found toString',
    ],
    [
      'a bad duration of the base, where it stands',
      { a: { approvals: { expires: '1y' } }, b: { extends: 'a' } },
      'policies.a.approvals.expires',
    ],
  ])('refuses to extend %s', (_, policies, message) => {
    expect(() => compilePolicyRules(withPolicies(policies))).toThrow(
      expect.objectContaining({
        code: 'config-invalid',
        message: expect.stringContaining(message),
      }),
    );
  });

  test('refuses a package that stands in two projects, and an upstream of another ecosystem', () => {
    const { aitbc } = config.projects;
    if (aitbc === undefined) throw new Error('the fixture has no project');
    expect(() => compilePolicyRules({ ...config, projects: { aitbc, other: aitbc } })).toThrow(
      'projects.other.packages.0.name: expected each package once, found @aitbc/explorer-web in aitbc already',
    );
    const packages = [{ name: 'sdk', ecosystem: 'pypi', upstream: 'npm' }];
    expect(() =>
      compilePolicyRules({ ...config, projects: { aitbc: { ...aitbc, packages } } }),
    ).toThrow('projects.aitbc.packages.0.upstream: expected an upstream of ecosystem pypi');
  });

  test('a third ecosystem is an argument', () => {
    const one = { ecosystem: 'crate', url: 'http://localhost:1/x', mode: 'ci' as const };
    const rules = { ...config, upstreams: { ...config.upstreams, third: one } };
    expect(() => compilePolicyRules(rules)).toThrow('upstreams.third.ecosystem');
    const ecosystems = { npm: { tarball: 1 }, crate: { crate: 1 } };
    expect(compilePolicyRules(rules, { ecosystems }).upstreams['third']).toEqual({
      ...one,
      url: 'http://localhost:1/x/',
      readUrl: null,
      credential: null,
    });
  });
});

describe('comparing rules', () => {
  const signed = compilePolicyDocument(config, first);

  test('finds nothing where only version and predecessor differ', () => {
    const again = compilePolicyDocument(config, { version: 9, previous: 'b'.repeat(64) as Sha256 });
    expect(comparePolicyDocuments(signed, again)).toEqual([]);
  });

  test('names every path that differs, with both sides', () => {
    const proposed = compilePolicyRules({
      ...withPolicies({ strict: { approvals: { groups: { 'a.b': 1 } } }, extra: {} }),
      projects: { aitbc: { packages: [], policies: ['hotfix'] } },
    });
    const found = comparePolicyDocuments(signed, proposed);
    const at = (path: string) => found.find((one) => one.path === path);
    expect(at('policies.strict.approvals.minimum')).toMatchObject({ signed: 3, proposed: 2 });
    expect(at('policies.strict.approvals.groups["a.b"]')).toMatchObject({ proposed: 1 });
    expect(at('policies.strict.approvals.groups.security-team')?.proposed).toBeUndefined();
    expect(at('policies.extra')?.signed).toBeUndefined();
    expect(at('projects.aitbc.packages[0]')?.proposed).toBeUndefined();
    expect(at('projects.aitbc.policies[0]')).toMatchObject({
      signed: 'strict',
      proposed: 'hotfix',
    });
  });

  test('an empty object that disappears is a difference', () => {
    const gone = { ...signed, upstreams: {} };
    expect(comparePolicyDocuments(signed, gone).map((one) => one.path)).toEqual(['upstreams.npm']);
  });
});

describe('durations and addresses', () => {
  test('a duration reads back as what was printed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds))).toBe(seconds);
      }),
    );
  });

  test.each(['', '0h', '01h', '72', 'h', '1.5h', '-1h', '1 h', '1w', '1000000s', '1h\n'])(
    '%j is no duration',
    (text) => expect(parseDuration(text)).toBeUndefined(),
  );

  test.each([
    ['https://Registry.example.com', 'https://registry.example.com/'],
    ['https://registry.example.com:443/npm', 'https://registry.example.com/npm/'],
    ['http://127.0.0.1:4873', 'http://127.0.0.1:4873/'],
    ['http://[::1]:80/', 'http://[::1]/'],
    ['http://2130706433/', 'http://127.0.0.1/'],
  ])('%s is read as %s', (text, url) => {
    expect(readUpstreamAddress(text)).toEqual({ kind: 'address', url });
  });

  test.each([
    'registry.example.com',
    'ftp://registry.example.com',
    'http://registry.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'https://alice@registry.example.com',
    'https://registry.example.com/?a',
    'https://registry.example.com/#',
    'https://',
    'javascript:alert(1)',
  ])('%s is refused', (text) => {
    expect(readUpstreamAddress(text).kind).toBe('refused');
  });
});
