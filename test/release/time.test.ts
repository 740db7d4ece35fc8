/** What is told from when things appeared upstream, asked of a real registry and recorded. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectionReport } from '../../src/core/manifest.ts';
import { decodeCanonical } from '../../src/formats/canonical.ts';
import { encodeUtf8 } from '../../src/formats/text.ts';
import { approve, person, until } from '../gate-fixture.ts';
import {
  publishAround,
  startYard,
  submit,
  submitApproved,
  submitForApproval,
  tarballOf,
  type Yard,
} from '../release-fixture.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
});
afterAll(() => yard?.stop());

test('a dependency is held when it is minutes old and when nobody has its name, once it was approved no more, and again when its range is raised to a version that is minutes old', async () => {
  const name = '@aitbc/p0';
  await until(yard.gate, await submitApproved(yard.gate, name, 'v1.0.0'), 'published');
  await publishAround(yard, '@aitbc/p1', '1.0.0');
  const dependencies = { '@aitbc/p1': '^1.0.0', 'name-of-nobody': '^1.0.0' };
  const tarball = await tarballOf(name, '1.0.1', { fields: { dependencies } });
  const id = await submitForApproval(yard.gate, name, 'v1.0.1', { tarball });
  const report = await yard.gate.gateway.report(person('bob'), id);
  const held = report.artifacts[0]?.findings.filter((one) => one.effect === 'hold') ?? [];
  expect(held.map((one) => one.rule).sort()).toEqual([
    'dependency-added',
    'dependency-added',
    'dependency-unclaimed',
    'dependency-young',
  ]);
  const messages = held.map((one) => one.message).join('\n');
  expect(messages).toMatch(/"@aitbc\/p1" is new here, and its first version is \d minutes? old/);
  expect(messages).toContain('"name-of-nobody" is not on the registry');
  const acknowledged = held.map((one) => one.fingerprint);
  await approve(yard.gate, id, 'bob', { acknowledged });
  await approve(yard.gate, id, 'carol', { acknowledged });
  await until(yard.gate, id, 'published');

  const next = await submit(yard.gate, name, 'v1.0.2', {
    tarball: await tarballOf(name, '1.0.2', { fields: { dependencies } }),
  });
  await until(yard.gate, next, 'awaiting-approval');
  const review = await yard.gate.gateway.review(person('bob'), next);
  const { inputs } = inspectionReport(decodeCanonical(encodeUtf8(review.report)), 'report');
  expect(inputs.times?.histories.map((one) => one.package)).toEqual([name]);
  expect(inputs.times?.histories[0]?.newest.map((one) => one.version)).toEqual(['1.0.1', '1.0.0']);
  expect(Date.parse(inputs.times?.askedAt ?? '')).toBeLessThanOrEqual(Date.now());

  const raised = { ...dependencies, '@aitbc/p1': '~1.0.0' };
  const last = await submit(yard.gate, name, 'v1.0.3', {
    tarball: await tarballOf(name, '1.0.3', { fields: { dependencies: raised } }),
  });
  await until(yard.gate, last, 'awaiting-approval');
  const { artifacts } = await yard.gate.gateway.report(person('bob'), last);
  const young = artifacts[0]?.findings.filter((one) => one.effect === 'hold') ?? [];
  expect(young.map((one) => one.rule)).toEqual(['dependency-young']);
  expect(young[0]?.message).toMatch(
    /^the range of "@aitbc\/p1" was "\^1\.0\.0" and is "~1\.0\.0": "1\.0\.0" is \d minutes? old$/,
  );
}, 240_000);

test('another line within the hour is a burst', async () => {
  const name = '@aitbc/p2';
  await publishAround(yard, name, '1.0.0');
  const id = await submit(yard.gate, name, 'v2.0.0');
  await until(yard.gate, id, 'awaiting-approval');
  const { findings } = await yard.gate.gateway.report(person('bob'), id);
  const burst = findings.find((one) => one.rule === 'version-burst');
  expect(burst).toMatchObject({ effect: 'hold' });
  expect(burst?.message).toMatch(/@aitbc\/p2 1\.0\.0, of another line than 2\.0\.0, was published/);
});
