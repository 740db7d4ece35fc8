import { describe, expect, test } from 'vitest';
import { inputsOf } from '../../test/posture-fixture.ts';
import { unseenForge, unseenNpmPackage, unseenPypiProject } from '../settings/unseen.ts';
import { auditRepository } from './audit.ts';
import type { Example } from './rule.ts';
import { workflowFile } from './rule.ts';
import { POSTURE_RULES } from './rule-set.ts';
import { scoreAudit } from './score.ts';

const RULES = POSTURE_RULES.filter((rule) => rule.scope === 'settings');

const FILES = workflowFile(`on:
  push:
    tags: ['v*']
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: release
    permissions:
      id-token: write
    steps:
      - run: npm publish x.tgz
`);

const NOBODY_LOOKED: Example = { about: 'nobody looked', files: FILES };
const NOTHING_SHOWN: Example = {
  about: 'nothing was shown',
  files: FILES,
  settings: {
    observedAt: '2026-11-30T00:00:00.000Z',
    forge: unseenForge('github', 'alice/aitbc', 'the token may not see it'),
    packages: [
      unseenNpmPackage('aitbc-explorer-web', '', 'not found'),
      unseenPypiProject('aitbc-agent-sdk', '', 'not found'),
    ],
  },
};

test('there are rules about settings', () => {
  expect(RULES.length).toBeGreaterThan(10);
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each([NOBODY_LOOKED, NOTHING_SHOWN])('is never met where $about', (example) => {
    const audit = auditRepository(inputsOf(example), [rule]);
    expect(audit.findings.map((one) => one.evidence)).toContain('unverified');
    expect(new Set(audit.findings.map((one) => one.evidence))).toEqual(new Set(['unverified']));
    const { score, rules } = scoreAudit(audit);
    expect(rules[0]?.status).toBe('unverified');
    expect(score).toBe(0);
    for (const { message } of audit.findings) expect(message).toMatch(/could not be seen: \S/);
  });

  test('shows what is wrong as observed, and what nobody saw as unverified', () => {
    const grades = rule.examples.bad.flatMap((example) =>
      auditRepository(inputsOf(example), [rule]).findings.map((one) => one.evidence),
    );
    expect(new Set(grades)).toEqual(new Set(['observed', 'unverified']));
  });

  test('has a fine example with settings', () => {
    expect(rule.examples.fine.some((one) => one.settings !== undefined)).toBe(true);
  });
});
