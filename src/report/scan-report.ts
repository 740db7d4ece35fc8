/** What `scan` found, as every format tells it. */
import type { ArtifactReport, Confidence, Finding, Unread } from '../core/finding.ts';
import type { Sequence } from '../core/packed-list.ts';

/** Why a finding does not count. A baseline's entry says who answers for it and until when. */
export type Suppression =
  | {
      readonly kind: 'baseline';
      readonly reason: string;
      readonly who: string;
      /** The last day on which it counts, in UTC: `2026-12-31`. */
      readonly until: string;
    }
  /** A comment of another tool in the same line, such as `gitleaks:allow`. */
  | { readonly kind: 'marker'; readonly marker: string };

/** A finding with what was decided about it; `suppressed` is absent where it counts. */
export interface ScanFinding extends Finding {
  readonly suppressed?: Suppression;
}

/** One file. `sha256` and `sizeBytes` are null for what could not be opened. */
export interface ScannedFile extends Omit<ArtifactReport, 'findings' | 'sha256' | 'sizeBytes'> {
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
  readonly findings: readonly ScanFinding[];
}

/** All files, in order. */
export interface ScannedFiles extends Sequence<ScannedFile> {
  /** Those with findings or something unread, which are few. */
  readonly told: readonly ScannedFile[];
}

/** The document of `--format json`. */
export interface ScanReport {
  readonly schema: 'countersign/scan/v1';
  readonly verdict: ArtifactReport['verdict'];
  readonly artifacts: ScannedFiles;
}

/**
 * The files, each after `judge` where something is told of it; the others are made anew whenever all
 * are gone through.
 */
export function listFiles(
  files: Sequence<ScannedFile>,
  judge: (file: ScannedFile) => ScannedFile = (file) => file,
): ScannedFiles {
  const judged = new Map<number, ScannedFile>();
  let count = 0;
  for (const file of files) {
    if (file.findings.length > 0 || file.unread.length > 0) judged.set(count, judge(file));
    count += 1;
  }
  return {
    length: files.length,
    told: [...judged.values()],
    *[Symbol.iterator]() {
      let at = 0;
      for (const file of files) {
        yield judged.get(at) ?? file;
        at += 1;
      }
    },
  };
}

/** How many of each there are; `serious` and `notes` count what is not suppressed. */
export interface ScanCounts {
  readonly files: number;
  readonly serious: number;
  readonly notes: number;
  readonly suppressed: number;
  readonly unread: number;
}

/** The findings that count. */
export function activeFindings(findings: readonly ScanFinding[]): readonly ScanFinding[] {
  return findings.filter((one) => one.suppressed === undefined);
}

export function allFindings(report: ScanReport): readonly ScanFinding[] {
  return report.artifacts.told.flatMap((one) => one.findings);
}

export function allUnread(report: ScanReport): readonly Unread[] {
  return report.artifacts.told.flatMap((one) => one.unread);
}

export function countScan(report: ScanReport): ScanCounts {
  const findings = allFindings(report);
  const active = activeFindings(findings);
  const notes = active.filter((one) => one.effect === 'note').length;
  return {
    files: report.artifacts.length,
    serious: active.length - notes,
    notes,
    suppressed: findings.length - active.length,
    unread: allUnread(report).length,
  };
}

/** `path:line:column`, as far as the finding has them; '' for one about the release. */
export function placeOf({ path, line, column }: Finding): string {
  return [path, line, column].filter((part) => part !== null).join(':');
}

/** Why `one` does not count, in one line. */
export function tellSuppression(one: Suppression): string {
  return one.kind === 'marker'
    ? `marker ${one.marker}`
    : `baseline, ${one.who} until ${one.until}: ${one.reason}`;
}

const ORDER: readonly Confidence[] = ['weak', 'plausible', 'proven'];

/** The surest of some; `weak` of none. */
export function surestOf(confidences: readonly Confidence[]): Confidence {
  return ORDER.findLast((one) => confidences.includes(one)) ?? 'weak';
}
