/** Inspects loose files in worker threads, bounded in time and memory for each file. */
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { type LooseReport, unreadReport } from './found-files.ts';
import type { LooseFileTask } from './loose-file-worker.ts';
import { prepareHeaps } from './thread-heap.ts';

export interface ThreadOptions {
  /** At least 1. */
  readonly threads: number;
  /** For one file; one that takes longer is unread. */
  readonly withinMs: number;
  readonly heapMegabytes: number;
  /** Called as each file is begun. */
  readonly onFile: (shown: string) => void;
  /** Called as each file is done. */
  readonly onReport?: (report: LooseReport) => void;
}

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './loose-file-worker.ts' : './loose-file-worker.js',
  import.meta.url,
);

/**
 * One report a file, in the order of `tasks`. A crash, a time-out or too much memory makes that
 * file unread and starts a new thread for the next; never throws for a file.
 */
export async function inspectLooseFiles(
  tasks: readonly LooseFileTask[],
  options: ThreadOptions,
): Promise<readonly LooseReport[]> {
  const reports: LooseReport[] = [];
  const queue = tasks.entries();
  const threads = Math.max(1, Math.min(options.threads, tasks.length));
  const resourceLimits = prepareHeaps(threads, options.heapMegabytes);
  const work = async () => {
    let worker: Worker | undefined;
    for (const [at, task] of queue) {
      options.onFile(task.shown);
      worker ??= startWorker(resourceLimits);
      let report: LooseReport;
      try {
        report = await ask(worker, task, options.withinMs);
      } catch (error) {
        report = unreadReport(task.shown, error instanceof Error ? error.message : 'a crash');
        await worker.terminate();
        worker = undefined;
      }
      reports[at] = report;
      options.onReport?.(report);
    }
    await worker?.terminate();
  };
  await Promise.all(Array.from({ length: threads }, work));
  return reports;
}

function startWorker(resourceLimits: ResourceLimits): Worker {
  // Nothing of this process' environment is any of a parser's business.
  const worker = new Worker(WORKER, { env: {}, resourceLimits });
  // An error that comes after its question was answered otherwise must not end the process.
  return worker.on('error', () => undefined);
}

async function ask(worker: Worker, task: LooseFileTask, withinMs: number): Promise<LooseReport> {
  const { promise, resolve, reject } = Promise.withResolvers<LooseReport>();
  const ended = (code: number) => reject(new Error(`its thread ended with code ${code}`));
  const timer = setTimeout(
    () =>
      reject(new Error(`inspection took longer than ${withinMs / 1000} seconds (limit: within)`)),
    withinMs,
  );
  worker.once('message', resolve).once('error', reject).once('exit', ended);
  try {
    worker.postMessage(task);
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.removeListener('message', resolve);
    worker.removeListener('exit', ended);
    worker.removeListener('error', reject);
  }
}
