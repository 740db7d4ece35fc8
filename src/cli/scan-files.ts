/** Finds and inspects what `scan` was given. */
import { resolve } from 'node:path';
import { CountersignError } from '../core/errors.ts';
import { DEFAULT_INSPECTION_LIMITS, type InspectionLimits } from '../core/inspection-limits.ts';
import { createPackedList, type Sequence } from '../core/packed-list.ts';
import { POLICY_DEFAULTS } from '../core/policy-inherit.ts';
import { type FoundFile, findFiles } from '../host/found-files.ts';
import { inspectLooseFiles } from '../host/loose-file-threads.ts';
import type { LooseFileTask } from '../host/loose-file-worker.ts';
import { type LooseReport, unreadReport } from '../host/loose-report.ts';
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
): Promise<Sequence<InspectedFile>> {
  const found = createPackedList<TakenFile>();
  let files = 0;
  const leftOut = { link: 0, history: 0 };
  for (const path of paths) {
    for await (const one of findFiles(resolve(host.cwd, path), path)) {
      if (one.kind === 'left-out') leftOut[one.what] += 1;
      else found.push(one);
      if (one.kind === 'file') files += 1;
    }
  }
  terminal.note(leftOutLines(leftOut));
  const tasks = { length: files, [Symbol.iterator]: () => tasksOf(found, limits) };
  const progress = createScanProgress(terminal, tasks.length, host.now);
  const reports = await inspectLooseFiles(tasks, {
    threads,
    withinMs: limits.seconds * 1000,
    heapMegabytes: HEAP_MEGABYTES,
    onFile: () => undefined,
    onDone: (_, sizeBytes) => progress.add(sizeBytes),
  }).finally(progress.end);
  return { length: found.length, [Symbol.iterator]: () => inspectedFiles(found, reports) };
}

type TakenFile = Exclude<FoundFile, { readonly kind: 'left-out' }>;

function* tasksOf(
  found: Iterable<TakenFile>,
  limits: InspectionLimits,
): Generator<LooseFileTask, void, undefined> {
  const blockAt = POLICY_DEFAULTS.block.secrets;
  for (const one of found) {
    if (one.kind === 'file') yield { path: one.path, shown: one.shown, blockAt, limits };
  }
}

/** Both are in the order of the files; `reports` are of those that could be opened. */
function* inspectedFiles(
  found: Iterable<TakenFile>,
  reports: Iterable<LooseReport>,
): Generator<InspectedFile, void, undefined> {
  const inOrder = reports[Symbol.iterator]();
  for (const one of found) {
    if (one.kind === 'unread') {
      yield { path: null, report: unreadReport(one.shown, one.reason) };
      continue;
    }
    const next = inOrder.next();
    if (next.done === true) throw new CountersignError('internal', 'a file has no report');
    yield { path: one.path, report: next.value };
  }
}

function leftOutLines({ link, history }: Readonly<Record<'link' | 'history', number>>): Line[] {
  const lines: Line[] = [];
  if (link > 0) lines.push(`left out: ${link} symbolic ${link === 1 ? 'link' : 'links'}`);
  if (history > 0) lines.push('left out: .git; name it to have it inspected');
  return lines;
}
