/** The file of findings that somebody answers for: read, applied and written. */
import { CountersignError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { list, literal, object, type Read, text } from '../core/shape.ts';
import type { ScanFinding } from './scan-report.ts';

/** Entries of one file at most. */
const ENTRIES_MAX = 100_000;

const REASON_MAX = 1000;
const WHO_MAX = 200;

const baselineShape = object({
  schema: literal('countersign/baseline/v1'),
  entries: list(
    object({ fingerprint: text, rule: text, reason: text, who: text, until: text }),
    ENTRIES_MAX,
  ),
});

/** `until` is the last day, in UTC, on which an entry counts. */
export type Baseline = Read<typeof baselineShape>;
export type BaselineEntry = Baseline['entries'][number];

/**
 * Reads the document. Throws `malformed-document` for another shape, for an entry without reason
 * or person, for a day that is not on the calendar and for a fingerprint that stands twice.
 */
export function parseBaseline(value: unknown): Baseline {
  const baseline = baselineShape(value, 'baseline');
  const seen = new Set<string>();
  for (const [at, entry] of baseline.entries.entries()) {
    checkEntry(entry, `baseline.entries[${at}]`);
    if (seen.has(entry.fingerprint)) {
      throw malformed(`baseline.entries[${at}].fingerprint`, 'each finding once', 'it again');
    }
    seen.add(entry.fingerprint);
  }
  return baseline;
}

/** Throws `malformed-document` where the entry says not who, why or until when. */
export function checkEntry(
  { reason, who, until }: Omit<BaselineEntry, 'fingerprint' | 'rule'>,
  path: string,
): void {
  checkWords(reason, REASON_MAX, `${path}.reason`);
  checkWords(who, WHO_MAX, `${path}.who`);
  if (!isDay(until)) throw malformed(`${path}.until`, 'a day such as 2026-12-31', 'another text');
}

function checkWords(words: string, max: number, path: string): void {
  if (words.trim() === '') throw malformed(path, 'some words', 'none');
  if (words.length > max) throw malformed(path, `at most ${max} characters`, `${words.length}`);
}

function malformed(path: string, expected: string, found: string): CountersignError {
  return new CountersignError(
    'malformed-document',
    `${path}: expected ${expected}, found ${found}`,
    { hint: 'each entry has fingerprint, rule, reason, who and until' },
  );
}

function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const date = new Date(`${day}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** An applier for one baseline; `now` is RFC 3339 in UTC. It remembers what it has matched. */
export interface Suppressor {
  apply(findings: readonly Finding[]): readonly ScanFinding[];
  /** Past their day: what they name counts again. */
  readonly expired: readonly BaselineEntry[];
  /** In force, and matched by nothing so far. */
  unused(): readonly BaselineEntry[];
}

export function createSuppressor(baseline: Baseline, now: string): Suppressor {
  const today = now.slice(0, 10);
  const expired = baseline.entries.filter((one) => one.until < today);
  const inForce = new Map(
    baseline.entries.filter((one) => one.until >= today).map((one) => [one.fingerprint, one]),
  );
  const used = new Set<string>();
  return {
    expired,
    unused: () => [...inForce.values()].filter((one) => !used.has(one.fingerprint)),
    apply: (findings) =>
      findings.map((finding): ScanFinding => {
        const entry = inForce.get(finding.fingerprint);
        if (entry === undefined || entry.rule !== finding.rule || !isSuppressible(finding)) {
          return finding;
        }
        used.add(entry.fingerprint);
        const { reason, who, until } = entry;
        return { ...finding, suppressed: { kind: 'baseline', reason, who, until } };
      }),
  };
}

/**
 * False for the finding that only counts others: whoever accepted one such would accept any number
 * of findings that nobody has seen.
 */
export function isSuppressible({ message, line }: Finding): boolean {
  return line !== null || !/^\d+ more findings of this rule are not listed/.test(message);
}

/** A baseline for these findings, in order of fingerprint; those already in one keep its entry. */
export function composeBaseline(
  findings: readonly ScanFinding[],
  words: Omit<BaselineEntry, 'fingerprint' | 'rule'>,
): Baseline {
  const entries = new Map<string, BaselineEntry>();
  for (const { fingerprint, rule, suppressed, ...finding } of findings) {
    if (!isSuppressible({ ...finding, fingerprint, rule })) continue;
    const kept = suppressed?.kind === 'baseline' ? suppressed : words;
    const { reason, who, until } = kept;
    entries.set(fingerprint, { fingerprint, rule, reason, who, until });
  }
  const sorted = [...entries.values()].sort((left, right) =>
    left.fingerprint < right.fingerprint ? -1 : 1,
  );
  return { schema: 'countersign/baseline/v1', entries: sorted };
}
