/** The lines of findings, as people see them; scan-lines.ts reads them. */
import type { Excerpt } from '../report/excerpt.ts';
import type { ScanFinding } from '../report/scan-report.ts';

/** What is told of a line; `marker` is another tool's, null when there is none. */
export interface FoundLine {
  readonly excerpt: Excerpt;
  readonly marker: string | null;
}

/** The lines of findings, by path and place; one that could not be read again is not there. */
export type FoundLines = ReadonlyMap<string, FoundLine>;

/** The key of a finding in `FoundLines`. */
export function lineKey({ path, line, column, rule }: ScanFinding): string {
  return JSON.stringify([path, line, column, rule]);
}
