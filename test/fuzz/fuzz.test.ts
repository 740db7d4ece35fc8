import { expect, it } from 'vitest';
import { runCases } from './cases.ts';
import { makeSeeds } from './seeds.ts';

it('ten thousand broken inputs are read or refused, soon', { timeout: 120_000 }, async () => {
  const { read, refused, slowestMs } = await runCases(await makeSeeds(), 0, 10_000);
  expect(read + refused).toBe(10_000);
  // both happen, or the cases are not what they should be
  expect(read).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(500);
  expect(slowestMs).toBeLessThan(10_000);
});
