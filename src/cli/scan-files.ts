/** Finds and inspects what `scan` was given. */
import { resolve } from 'node:path';
import { DEFAULT_INSPECTION_LIMITS, type InspectionLimits } from '../core/inspection-limits.ts';
import { POLICY_DEFAULTS } from '../core/policy-inherit.ts';
import { type FoundFile, findFiles, type LooseReport, unreadReport } from '../host/found-files.ts';
import { inspectLooseFiles } from '../host/loose-file-threads.ts';
import type { CommandContext } from './command.ts';
import { createScanProgress } from './scan-progress.ts';
import type { Line } from './terminal.ts';

/** One file; `path` opens it again, and is null for what could not be opened. */
export interface InspectedFile {
  readonly path: string | null;
  readonly report: LooseReport;
}

/** What one file may cost where the call says nothing. */
export const SCAN_LIMITS: InspectionLimits = { ...DEFAULT_INSPECTION_LIMITS, seconds: 120 };
const HEAP_MEGABYTES = 1024;

/** Every file at `paths`, in order. What cannot be read is unread; what is left out is said. */
export async function inspectPaths(
  { host, terminal }: CommandContext,
  paths: readonly string[],
  { threads, limits }: { readonly threads: number; readonly limits: InspectionLimits },
): Promise<readonly InspectedFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    for await (const one of findFiles(resolve(host.cwd, path), path)) found.push(one);
  }
  terminal.note(leftOutLines(found));
  const blockAt = POLICY_DEFAULTS.block.secrets;
  const tasks = found.flatMap((one) =>
    one.kind === 'file' ? [{ path: one.path, shown: one.shown, blockAt, limits }] : [],
  );
  const progress = createScanProgress(terminal, tasks.length, host.now);
  const reports = await inspectLooseFiles(tasks, {
    threads,
    withinMs: limits.seconds * 1000,
    heapMegabytes: HEAP_MEGABYTES,
    onFile: () => undefined,
    onReport: ({ sizeBytes }) => progress.add(sizeBytes ?? 0),
  }).finally(progress.end);
  const inOrder = reports.values();
  return found.flatMap((one): readonly InspectedFile[] => {
    if (one.kind === 'unread') return [{ path: null, report: unreadReport(one.shown, one.reason) }];
    const report = one.kind === 'file' ? inOrder.next().value : undefined;
    return report === undefined || one.kind !== 'file' ? [] : [{ path: one.path, report }];
  });
}

function leftOutLines(found: readonly FoundFile[]): Line[] {
  const lines: Line[] = [];
  const leftOut = found.flatMap((one) => (one.kind === 'left-out' ? [one.what] : []));
  const links = leftOut.filter((what) => what === 'link').length;
  if (links > 0) lines.push(`left out: ${links} symbolic ${links === 1 ? 'link' : 'links'}`);
  if (leftOut.length > links) lines.push('left out: .git; name it to have it inspected');
  return lines;
}
