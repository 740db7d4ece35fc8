import { expect, test } from 'vitest';
import { createEvidence } from '../../test/evidence-fixture.ts';
import type { AcceptedFinding } from '../core/accepted-finding.ts';
import type { Finding } from '../core/finding.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { verifyEvidence } from './verify.ts';

const finding: Finding = {
  rule: 'install-hook',
  category: 'content',
  severity: 'critical',
  confidence: 'proven',
  effect: 'hold',
  path: 'package.json',
  line: null,
  column: null,
  message: 'install runs "node-gyp-build"',
  fingerprint: 'install-hook:0123456789abcdef',
};
const entry: AcceptedFinding = {
  finding: finding.fingerprint,
  message: finding.message,
  reason: 'native code is built here',
  who: 'alice',
  until: '2026-03-01',
};

/** What a stranger says of signatures that acknowledge nothing: `passed`, or why not. */
async function judge(
  found: Partial<Finding>,
  accepted: Partial<AcceptedFinding>,
  askedAt: string | null = '2026-03-01T11:00:00.000Z',
): Promise<string> {
  const fixture = await createEvidence({
    policy: { accepted: [{ ...entry, ...accepted }] },
    report: (one) => ({
      ...one,
      inputs: {
        ...one.inputs,
        ...(askedAt === null ? {} : { times: { askedAt, histories: [] } }),
      },
      findings: [{ ...finding, ...found }],
      verdict: 'hold',
    }),
    manifest: (one) => ({ ...one, inspection: { ...one.inspection, verdict: 'pass' } }),
    approval: (one) => ({ ...one, acknowledged: [] }),
  });
  return verifyEvidence(nodeCrypto, fixture.bundle, {
    trust: fixture.trust,
    now: '2026-03-01T12:20:00.000Z',
  }).then(
    () => 'passed',
    (error: unknown) => String(error),
  );
}

test('a held finding that the signed rules answer for needs no word of a signature', async () => {
  expect(await judge({}, {})).toBe('passed');
});

test.each<[string, Partial<Finding>, Partial<AcceptedFinding>, (string | null)?]>([
  ['other words of the same finding', { message: 'install runs "node a.js"' }, {}],
  ['another finding', { fingerprint: 'install-hook:fedcba9876543210' }, {}],
  ['a secret', { category: 'secret' }, {}],
  ['what was refused', { effect: 'reject' }, {}],
  ['the day after', {}, { until: '2026-02-28' }],
  ['a report that names no time', {}, {}, null],
  [
    'findings that are only counted',
    { message: '3 more findings of this rule are not listed one by one' },
    { message: '3 more findings of this rule are not listed one by one' },
  ],
])('but not %s', async (_, found, accepted, askedAt) => {
  expect(await judge(found, accepted, askedAt)).toContain('the report says');
});
