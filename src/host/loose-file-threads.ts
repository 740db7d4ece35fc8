/** Inspects loose files in worker threads, bounded in time and memory for each file. */
import { setFlagsFromString } from 'node:v8';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { type LooseReport, unreadReport } from './found-files.ts';
import type { LooseFileProgress, LooseFileTask } from './loose-file-worker.ts';
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

/** Calls and rounds from which on V8 makes its best code of a function, ten times its default: a scan
 * of seconds, whose bytes are looked at by WebAssembly, is over before that pays. */
const OPTIMIZED_AT = 30_000;

/** Files that a thread is asked about together: a question and its answer cost as much as a file. */
const TOGETHER_MAX = 32;
/** Questions for each thread at least, so that all of them end at about the same time. */
const QUESTIONS_LEAST = 16;

/**
 * One report a file, in the order of `tasks`. A crash, a time-out or too much memory makes that
 * file unread and starts a new thread for the others; never throws for a file.
 */
export async function inspectLooseFiles(
  tasks: readonly LooseFileTask[],
  options: ThreadOptions,
): Promise<readonly LooseReport[]> {
  const reports: LooseReport[] = [];
  const threads = Math.max(1, Math.min(options.threads, tasks.length));
  const together = Math.floor(tasks.length / (threads * QUESTIONS_LEAST));
  const queue = cut(tasks, Math.max(1, Math.min(TOGETHER_MAX, together)));
  const resourceLimits = prepareHeaps(threads, options.heapMegabytes);
  setFlagsFromString(`--invocation-count-for-turbofan=${OPTIMIZED_AT}`);
  const work = async () => {
    let thread: Thread | undefined;
    const take = ({ place }: Placed, report: LooseReport) => {
      reports[place] = report;
      options.onReport?.(report);
    };
    for (const asked of queue) {
      for (const { task } of asked) options.onFile(task.shown);
      for (let left = asked; left.length > 0; ) {
        thread ??= startThread(resourceLimits);
        const answer = await ask(thread, left, options.withinMs);
        if (!('failed' in answer)) {
          for (const [at, one] of left.entries()) take(one, answer[at] ?? lost(one));
          break;
        }
        // what the thread knew of the others is gone with it
        const { failed, reason } = answer;
        take(failed, unreadReport(failed.task.shown, reason));
        left = left.filter((one) => one !== failed);
        await thread.worker.terminate();
        thread = undefined;
      }
    }
    await thread?.worker.terminate();
  };
  await Promise.all(Array.from({ length: threads }, work));
  return reports;
}

/** A file and its place among all. */
interface Placed {
  readonly task: LooseFileTask;
  readonly place: number;
}

function* cut(tasks: readonly LooseFileTask[], together: number): Generator<readonly Placed[]> {
  for (let start = 0; start < tasks.length; start += together) {
    yield tasks.slice(start, start + together).map((task, at) => ({ task, place: start + at }));
  }
}

function lost({ task }: Placed): LooseReport {
  return unreadReport(task.shown, 'its thread said nothing about it');
}

interface Thread {
  readonly worker: Worker;
  readonly progress: LooseFileProgress;
}

function startThread(resourceLimits: ResourceLimits): Thread {
  const progress: LooseFileProgress = new Float64Array(new SharedArrayBuffer(16));
  // Nothing of this process' environment is any of a parser's business.
  const worker = new Worker(WORKER, { env: {}, resourceLimits, workerData: progress });
  // An error that comes after its question was answered otherwise must not end the process.
  return { worker: worker.on('error', () => undefined), progress };
}

/** At which file a thread was when it ended or took too long. */
interface Failure {
  readonly failed: Placed;
  readonly reason: string;
}

async function ask(
  { worker, progress }: Thread,
  asked: readonly Placed[],
  withinMs: number,
): Promise<readonly LooseReport[] | Failure> {
  const { promise, resolve } = Promise.withResolvers<readonly LooseReport[] | Failure>();
  progress.set([0, Date.now()]);
  const fail = (reason: string) => {
    const failed = asked[progress[0] ?? 0] ?? asked[0];
    if (failed !== undefined) resolve({ failed, reason });
  };
  const crashed = (error: unknown) => fail(error instanceof Error ? error.message : 'a crash');
  const ended = (code: number) => fail(`its thread ended with code ${code}`);
  let timer: NodeJS.Timeout | undefined;
  const watch = (waitMs: number) => {
    timer = setTimeout(() => {
      const leftMs = (progress[1] ?? 0) + withinMs - Date.now();
      if (leftMs > 0) watch(leftMs);
      else fail(`inspection took longer than ${withinMs / 1000} seconds (limit: within)`);
    }, waitMs);
  };
  watch(withinMs);
  worker.once('message', resolve).once('error', crashed).once('exit', ended);
  try {
    worker.postMessage(asked.map(({ task }) => task));
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.removeListener('message', resolve);
    worker.removeListener('exit', ended);
    worker.removeListener('error', crashed);
  }
}
