import { describe, expect, test } from 'vitest';
import { breakGlassRule, governanceOf } from './governance-rule.ts';
import { compilePolicyDocument, compilePolicyRules } from './policy-compile.ts';
import type { GovernanceConfig, PasskeysConfig, RulesConfig } from './policy-config.ts';
import { POLICY_DEFAULTS } from './policy-inherit.ts';

const config: RulesConfig = {
  upstreams: {},
  projects: {},
  policies: {
    strict: { approvals: { minimum: 3, groups: { 'security-team': 1 } } },
    next: { approvals: { groups: { 'security-team': 2, 'release-managers': 1 } } },
    hotfix: { chosen: 'at-open', approvals: { minimum: 9, groups: { everyone: 9 } } },
  },
};
const first = { version: 1, previous: null };
const governance = (one: GovernanceConfig) => compilePolicyRules({ ...config, governance: one });
const passkeys = (one: PasskeysConfig) => compilePolicyRules({ ...config, passkeys: one });

describe('who may change the rules', () => {
  test('rules that do not say are as hard to change as the hardest release is to approve', () => {
    expect(governanceOf(compilePolicyDocument(config, first))).toEqual({
      minimum: 3,
      groups: { 'security-team': 2, 'release-managers': 1 },
      coolingSeconds: 72 * 3600,
    });
  });

  test('what the file leaves out is two people, three days of cooling and no break-glass', () => {
    expect(governance({}).governance).toEqual({
      minimum: 2,
      groups: {},
      coolingSeconds: 72 * 3600,
    });
    expect(governance({ 'key-cooling': '0' }).governance?.coolingSeconds).toBe(0);
    expect(governance({ 'break-glass': {} }).governance?.breakGlass).toEqual({
      reviewWithinSeconds: 7 * 86_400,
    });
  });

  test('a review later than a week after break-glass is refused', () => {
    expect(() => governance({ 'break-glass': { 'review-within': '8d' } })).toThrow(
      'governance.break-glass.review-within: expected 1m to 7d',
    );
  });

  test('break-glass takes any two people, and still one at a terminal', () => {
    const rule = { ...POLICY_DEFAULTS.approvals, minimum: 4, groups: { a: 1 }, terminal: 3 };
    expect(breakGlassRule(rule)).toMatchObject({ minimum: 2, groups: {}, terminal: 1 });
    expect(breakGlassRule({ ...rule, terminal: 0 }).terminal).toBe(0);
  });
});

describe('the relying party of approvals', () => {
  test('its origins lie on it or below it, by https', () => {
    const settings = { 'relying-party': 'approve.example.com' };
    const fine = ['https://approve.example.com', 'https://eu.approve.example.com:8443'];
    expect(passkeys({ ...settings, origins: fine }).passkeys?.origins).toEqual(fine);
    for (const origin of [
      'http://approve.example.com',
      'https://approve.example.com/',
      'https://example.com',
      'https://notapprove.example.com',
      'https://approve.example.com.evil.example',
    ]) {
      expect(() => passkeys({ ...settings, origins: [origin] })).toThrow(
        `passkeys.origins.0: expected an origin on approve.example.com`,
      );
    }
  });

  test('names below localhost may go without https', () => {
    const settings = {
      'relying-party': 'approve.localhost',
      origins: ['http://approve.localhost:1'],
    };
    expect(passkeys(settings).passkeys?.origins).toEqual(settings.origins);
  });
});
