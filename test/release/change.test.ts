/** What changed since the version that was approved here, as people see it before they sign. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectionReport, manifest } from '../../src/core/manifest.ts';
import { decodeCanonical } from '../../src/formats/canonical.ts';
import { encodeUtf8 } from '../../src/formats/text.ts';
import { person, until } from '../gate-fixture.ts';
import {
  publishAround,
  startYard,
  submit,
  submitApproved,
  tarballOf,
  type Yard,
} from '../release-fixture.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
});
afterAll(() => yard?.stop());

const name = '@aitbc/p0';

test('a hook that is new since the approved version holds, and the review has that version', async () => {
  await until(yard.gate, await submitApproved(yard.gate, name, 'v1.0.0'), 'published');
  const tarball = await tarballOf(name, '1.0.1', {
    fields: { scripts: { postinstall: 'node telemetry.js' } },
    files: { 'package/telemetry.js': 'collect();\n' },
  });
  const id = await submit(yard.gate, name, 'v1.0.1', { tarball });
  await until(yard.gate, id, 'awaiting-approval');
  const report = await yard.gate.gateway.report(person('bob'), id);
  const held = report.artifacts[0]?.findings.filter((one) => one.effect === 'hold') ?? [];
  expect(held.map((one) => one.rule)).toEqual(['install-hook']);
  expect(held[0]?.message).toContain('postinstall is new and runs "node telemetry.js"');
  const review = await yard.gate.gateway.review(person('bob'), id);
  expect(review.baselines).toHaveLength(1);
  const signed = manifest(decodeCanonical(encodeUtf8(review.manifest)), 'manifest');
  const { inputs } = inspectionReport(decodeCanonical(encodeUtf8(review.report)), 'report');
  expect(signed.baselines.map((one) => one.version)).toEqual(['1.0.0']);
  expect(inputs.approved).toEqual([{ ecosystem: 'npm', package: name, versions: ['1.0.0'] }]);
});

test('a version that went around the gate is no baseline, and holds what comes after it', async () => {
  const other = '@aitbc/p1';
  await until(yard.gate, await submitApproved(yard.gate, other, 'v2.0.0'), 'published');
  await publishAround(yard, other, '2.0.1');
  const id = await submit(yard.gate, other, 'v2.0.2');
  await until(yard.gate, id, 'awaiting-approval');
  const { findings } = await yard.gate.gateway.report(person('bob'), id);
  const held = findings.filter((one) => one.effect === 'hold');
  expect(held.map((one) => one.rule)).toEqual(['unapproved-upstream']);
  expect(held[0]?.message).toMatch(/2\.0\.1, since \d minutes?, which was not approved here/);
});
