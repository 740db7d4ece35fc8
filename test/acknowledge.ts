import { inspectionReport } from '../src/core/manifest.ts';
import type { ReleaseId } from '../src/core/names.ts';
import { findingsOf } from '../src/evidence/release-rules.ts';
import type { Name } from './founding.ts';
import { approve, type Core, person } from './gate-fixture.ts';

/** Approves as somebody would who has read every finding and lives with it. */
export async function approveKnowingly(gate: Core, release: ReleaseId, by: Name) {
  const review = await gate.gateway.review(person('carol'), release);
  const report = inspectionReport(JSON.parse(review.report), 'report');
  const held = findingsOf(report).filter((one) => one.effect === 'hold');
  return approve(gate, release, by, { acknowledged: held.map((one) => one.fingerprint) });
}
