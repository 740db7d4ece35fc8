import { expect, test } from 'vitest';
import type { PersonId, Sha256 } from '../core/names.ts';
import { describeRun } from './review-text.ts';

const run = {
  issuer: 'https://ci.example.com',
  actor: '501',
  run: '77001',
  attempt: 1,
  identity: 'ab'.repeat(32) as Sha256,
  holder: 'alice' as PersonId,
};

test('a CI run says whose account it is, and when it takes one person more', () => {
  expect(describeRun(run)).toBe(
    '77001, attempt 1, of account 501 (alice) at https://ci.example.com',
  );
  expect(describeRun({ ...run, attempt: 2 })).toMatch(/attempt 2.*: one person more$/);
  expect(describeRun({ ...run, holder: null })).toMatch(/\(nobody of the roster\).*person more$/);
});
