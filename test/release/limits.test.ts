/** The limits of inspection are those of the signed policy, at the gate and on an approver's machine. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { person } from '../gate-fixture.ts';
import {
  startYard,
  submit,
  submitForApproval,
  tarballOf,
  whyWaiting,
  type Yard,
} from '../release-fixture.ts';

let yard: Yard;
beforeAll(async () => {
  const tight = { tag: 'v0.[0-9]+.[0-9]+', source: 'asserted', approvals: { minimum: 2 } } as const;
  yard = await startYard({
    extraPolicies: { tight: { ...tight, inspection: { entries: 4, depth: 0, within: '20s' } } },
  });
});
afterAll(() => yard?.stop());

const NESTED = { 'package/data.gz': gzipSync('nothing to see\n') };

test('a policy that says nothing looks into what is packed inside', async () => {
  const tarball = await tarballOf('@aitbc/p0', '1.0.0', { files: NESTED });
  await submitForApproval(yard.gate, '@aitbc/p0', 'v1.0.0', { tarball });
});

async function reasonOf(name: string, tag: string, files: Record<string, string | Buffer>) {
  const tarball = await tarballOf(name, tag.slice(1), { files });
  const id = await submit(yard.gate, name, tag, { tarball, policy: 'tight' });
  const reason = await whyWaiting(yard.gate, id);
  expect((await yard.gate.gateway.report(person('bob'), id)).verdict).toBe('indeterminate');
  return reason;
}

test('what is above a limit of the policy is unread, and nothing ships', async () => {
  expect(await reasonOf('@aitbc/p1', 'v0.1.0', NESTED)).toMatch(
    /^inspection could not tell: .*data\.gz: .* more than 0 containers deep \(limit: depth\)$/,
  );
  const many = Object.fromEntries([1, 2, 3].map((at) => [`package/${at}.txt`, 'x']));
  expect(await reasonOf('@aitbc/p2', 'v0.2.0', many)).toMatch(/more than 4 .*\(limit: entries\)$/);
});
