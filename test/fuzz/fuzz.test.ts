import { expect, it } from 'vitest';
import { runCases } from './cases.ts';
import { READERS } from './readers.ts';
import { makeSeeds } from './seeds.ts';

it('every seed is sound before it is broken', async () => {
  for (const { name, kind, bytes, pack } of await makeSeeds()) {
    const read = READERS[kind](pack === undefined ? bytes : pack(bytes), name);
    await expect(read, name).resolves.not.toThrow();
  }
});

it('ten thousand broken inputs are read or refused, soon', { timeout: 120_000 }, async () => {
  const { read, refused, slowestMs } = await runCases(await makeSeeds(), 0, 10_000);
  expect(read + refused).toBe(10_000);
  // both happen, or the cases are not what they should be
  expect(read).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
  expect(slowestMs).toBeLessThan(10_000);
});
