/** A posture over time: one short entry a run, and what changed since another one. */
import { integer, list, literal, nullable, object, type Read, text } from '../core/shape.ts';
import type { PostureReport } from './report.ts';
import { GRADES } from './score.ts';

const told = object({ fingerprint: text, rule: text, file: nullable(text), message: text });

/** `at`: RFC 3339 UTC. One line of a history file holds one entry as JSON. */
const historyEntry = object({
  schema: literal('countersign/posture-history/v1'),
  at: text,
  score: integer(0),
  grade: literal(...GRADES),
  risk: literal('LOW', 'MEDIUM', 'HIGH'),
  areas: list(object({ name: text, score: nullable(integer(0)) })),
  findings: list(told),
});
export type HistoryEntry = Read<typeof historyEntry>;

/** What stands in one run and not in another. */
export interface PostureDifference {
  /** When the run before was. */
  readonly since: string;
  readonly scoreBefore: number;
  readonly gradeBefore: HistoryEntry['grade'];
  readonly riskBefore: HistoryEntry['risk'];
  readonly appeared: HistoryEntry['findings'];
  readonly mended: HistoryEntry['findings'];
}

/** Throws `malformed-document` for a value that is no entry. */
export function readHistoryEntry(value: unknown): HistoryEntry {
  return historyEntry(value, 'entry');
}

export function historyEntryOf(report: PostureReport, at: string): HistoryEntry {
  return {
    schema: 'countersign/posture-history/v1',
    at,
    score: report.score,
    grade: report.grade,
    risk: report.risk,
    areas: report.areas.map(({ name, score }) => ({ name, score })),
    findings: report.findings.map(({ fingerprint, rule, file, message }) => ({
      fingerprint,
      rule,
      file,
      message,
    })),
  };
}

/** What changed from `before` to `after`. */
export function comparePosture(before: HistoryEntry, after: HistoryEntry): PostureDifference {
  const old = new Set(before.findings.map((one) => one.fingerprint));
  const now = new Set(after.findings.map((one) => one.fingerprint));
  return {
    since: before.at,
    scoreBefore: before.score,
    gradeBefore: before.grade,
    riskBefore: before.risk,
    appeared: after.findings.filter((one) => !old.has(one.fingerprint)),
    mended: before.findings.filter((one) => !now.has(one.fingerprint)),
  };
}
