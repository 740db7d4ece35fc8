import { expect, it } from 'vitest';
import { runWorkflowCases } from './workflow-cases.ts';

it('ten thousand broken workflows are audited, soon', { timeout: 120_000 }, () => {
  const { read, refused, findings, slowestMs } = runWorkflowCases(0, 10_000);
  expect(read + refused).toBe(10_000);
  // both happen, or the cases are not what they should be
  expect(read).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
  expect(findings).toBeGreaterThan(100);
  expect(slowestMs).toBeLessThan(10_000);
});
