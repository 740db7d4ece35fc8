/** What is told of one file of this machine, also of one that cannot be read. */
import type { ArtifactReport } from '../core/finding.ts';

/** `sha256` and `sizeBytes` are null for what could not be opened; `unread` then says why. */
export interface LooseReport extends Omit<ArtifactReport, 'sha256' | 'sizeBytes'> {
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
}

/** What is said of a place that cannot be read. */
export function unreadReport(shown: string, reason: string): LooseReport {
  return {
    path: shown,
    sha256: null,
    sizeBytes: null,
    verdict: 'indeterminate',
    findings: [],
    unread: [{ path: shown, reason }],
  };
}

/** Why a file or folder could not be read, in one clause. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it';
  return error instanceof Error ? error.message : String(error);
}
