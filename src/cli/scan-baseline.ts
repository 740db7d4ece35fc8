/** The baseline file of `scan`: where it lies, and what a person gives for a new one. */
import { resolve } from 'node:path';
import { CountersignError } from '../core/errors.ts';
import {
  type Baseline,
  checkEntry,
  composeBaseline,
  createSuppressor,
  isSuppressible,
  parseBaseline,
  type Suppressor,
} from '../report/baseline.ts';
import type { ScanFinding } from '../report/scan-report.ts';
import { readTextFile, writeNewFile } from './files.ts';
import { formatJson, type Line } from './terminal.ts';

const BASELINE_MAX_BYTES = 64 * 1024 * 1024;

/** Days that a new entry counts when nobody says until when. */
const DAYS = 90;

const NO_BASELINE: Baseline = { schema: 'countersign/baseline/v1', entries: [] };

/** What makes a new baseline. */
export interface BaselineOrder {
  readonly file: string;
  readonly words: { readonly reason: string; readonly who: string; readonly until: string };
}

/** Reads `file`, or takes an empty baseline. Throws as `readTextFile` and `parseBaseline`. */
export async function readSuppressor(
  cwd: string,
  file: string | undefined,
  now: string,
): Promise<Suppressor> {
  if (file === undefined) return createSuppressor(NO_BASELINE, now);
  const content = await readTextFile(resolve(cwd, file), 'the baseline', BASELINE_MAX_BYTES);
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw new CountersignError('malformed-document', 'the baseline is not JSON', { cause });
  }
  return createSuppressor(parseBaseline(value), now);
}

/** Null when none is asked for. Throws `usage` where reason or person is missing or not valid. */
export function orderBaseline(
  options: {
    readonly writeBaseline?: string;
    readonly reason?: string;
    readonly who?: string;
    readonly until?: string;
  },
  now: string,
): BaselineOrder | null {
  const { writeBaseline: file, reason = '', who = '' } = options;
  if (file === undefined) return null;
  const last = new Date(Date.parse(now) + DAYS * 24 * 60 * 60 * 1000);
  const words = { reason, who, until: options.until ?? last.toISOString().slice(0, 10) };
  try {
    checkEntry(words, '--write-baseline');
  } catch (cause) {
    throw new CountersignError(
      'usage',
      '--write-baseline needs --reason, --who and a day for --until',
      { hint: 'add --reason "test keys" --who alice', cause },
    );
  }
  return { file, words };
}

/** Writes the new file. Throws as `writeNewFile`: an existing one is never replaced. */
export async function writeBaseline(
  cwd: string,
  { file, words }: BaselineOrder,
  findings: readonly ScanFinding[],
): Promise<{ readonly baseline: Baseline; readonly told: readonly Line[] }> {
  const baseline = composeBaseline(findings, words);
  await writeNewFile(resolve(cwd, file), formatJson(baseline));
  const left = findings.filter((one) => !isSuppressible(one)).length;
  const told = [
    `baseline: ${baseline.entries.length} written to ${file}, until ${words.until} where new`,
    ...(left === 0
      ? []
      : [`baseline: ${left} left out, which only count findings that are not listed`]),
  ];
  return { baseline, told };
}

/** What the baseline did not do; nothing when it did all. */
export function baselineNotes({ expired, unused }: Suppressor): readonly Line[] {
  const idle = unused().length;
  return [
    ...(expired.length === 0 ? [] : [`baseline: ${expired.length} past their day, count again`]),
    ...(idle === 0 ? [] : [`baseline: ${idle} fit no finding, and can go`]),
  ];
}
