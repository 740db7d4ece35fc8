import { describe, expect, test } from 'vitest';
import { inputsOf } from '../../test/posture-fixture.ts';
import { unseenForge, unseenNpmPackage, unseenPypiProject } from '../settings/unseen.ts';
import { auditRepository } from './audit.ts';
import type { Example } from './rule.ts';
import { workflowFile } from './rule.ts';
import { POSTURE_RULES } from './rule-set.ts';
import { scoreAudit } from './score.ts';

const RULES = POSTURE_RULES.filter((rule) => rule.scope === 'settings');

const WORKFLOW = workflowFile(`on:
  push:
    tags: ['v*']
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: release
    permissions:
      id-token: write
    steps:
      - uses: actions/checkout@${'a'.repeat(40)}
      - run: npm publish x.tgz
`);

const FILES = { ...WORKFLOW, '.gitlab-ci.yml': 'test: { script: [make] }\n' };

const NOBODY_LOOKED: Example = { about: 'nobody looked', files: FILES };
/** Each of them asks something of one forge at least. */
const nothingShown = (forge: 'github' | 'gitlab'): Example => ({
  about: 'nothing was shown',
  files: FILES,
  settings: {
    observedAt: '2026-11-30T00:00:00.000Z',
    forge: unseenForge(forge, 'alice/aitbc', 'the token may not see it'),
    packages: [
      unseenNpmPackage('aitbc-explorer-web', '', 'not found'),
      unseenPypiProject('aitbc-agent-sdk', '', 'not found'),
    ],
  },
});

test('there are rules about settings', () => {
  expect(RULES.length).toBeGreaterThan(10);
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  const audited = (example: Example) => auditRepository(inputsOf(example), [rule]);

  test('is never met where nobody looked, or where nothing was shown', () => {
    const shown = [nothingShown('github'), nothingShown('gitlab')].map(audited);
    const asking = shown.filter((audit) => audit.findings.length > 0);
    expect(asking.length).toBeGreaterThan(0);
    for (const audit of [audited(NOBODY_LOOKED), ...asking]) {
      expect(new Set(audit.findings.map((one) => one.evidence))).toEqual(new Set(['unverified']));
      const { score, rules } = scoreAudit(audit);
      expect([score, rules[0]?.status]).toEqual([0, 'unverified']);
      for (const { message } of audit.findings) expect(message).toMatch(/could not be seen: \S/);
    }
  });

  test('asks nothing of a forge that has no such setting, and is not met there either', () => {
    for (const audit of [nothingShown('github'), nothingShown('gitlab')].map(audited)) {
      const [result] = scoreAudit(audit).rules;
      expect(['unverified', 'none']).toContain(result?.status);
    }
  });

  test('shows what is wrong as observed, and what nobody saw as unverified', () => {
    const grades = rule.examples.bad.flatMap((example) =>
      audited(example).findings.map((one) => one.evidence),
    );
    expect(new Set(grades)).toEqual(new Set(['observed', 'unverified']));
  });

  test('has a fine example with settings', () => {
    expect(rule.examples.fine.some((one) => one.settings !== undefined)).toBe(true);
  });
});
