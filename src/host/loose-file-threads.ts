/** Inspects loose files in worker threads, bounded in time and memory for each file. */
import { setFlagsFromString } from 'node:v8';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { packValue, type Sequence, unpackValue } from '../core/packed-list.ts';
import { type LooseReport, unreadReport } from './found-files.ts';
import type { LooseFileAnswer, LooseFileProgress, LooseFileTask } from './loose-file-worker.ts';
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
  readonly onDone?: (shown: string, sizeBytes: number) => void;
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
  tasks: Sequence<LooseFileTask>,
  options: ThreadOptions,
): Promise<Sequence<LooseReport>> {
  const answers: Uint8Array[] = [];
  const threads = Math.max(1, Math.min(options.threads, tasks.length));
  const together = Math.floor(tasks.length / (threads * QUESTIONS_LEAST));
  const queue = cut(tasks, Math.max(1, Math.min(TOGETHER_MAX, together)));
  const resourceLimits = prepareHeaps(threads, options.heapMegabytes);
  setFlagsFromString(`--invocation-count-for-turbofan=${OPTIMIZED_AT}`);
  const work = async () => {
    const thread = { running: undefined, resourceLimits, ...options };
    for (const { place, asked } of queue) {
      for (const { shown } of asked) options.onFile(shown);
      answers[place] = await answerTo(asked, thread);
    }
    await stop(thread);
  };
  await Promise.all(Array.from({ length: threads }, work));
  return {
    length: tasks.length,
    *[Symbol.iterator]() {
      for (const one of answers) yield* unpackValue<LooseReport[]>(one);
    },
  };
}

/** Files that are asked about together, and the place of the question among all. */
interface Question {
  readonly asked: readonly LooseFileTask[];
  readonly place: number;
}

function* cut(tasks: Iterable<LooseFileTask>, together: number): Generator<Question> {
  let place = 0;
  let asked: LooseFileTask[] = [];
  for (const task of tasks) {
    asked.push(task);
    if (asked.length < together) continue;
    yield { asked, place };
    place += 1;
    asked = [];
  }
  if (asked.length > 0) yield { asked, place };
}

/** A thread that is started when it is asked, and again where it ended. */
interface Restarted extends Pick<ThreadOptions, 'withinMs' | 'onDone'> {
  running: Thread | undefined;
  readonly resourceLimits: ResourceLimits;
}

async function stop(thread: Restarted): Promise<void> {
  await thread.running?.worker.terminate();
  thread.running = undefined;
}

/** The packed reports of the files, in order; never throws for one. */
async function answerTo(asked: readonly LooseFileTask[], thread: Restarted): Promise<Uint8Array> {
  const unread = new Map<LooseFileTask, LooseReport>();
  for (;;) {
    const left = asked.filter((one) => !unread.has(one));
    if (left.length === 0) return putIn(unread, asked, NO_ANSWER);
    thread.running ??= startThread(thread.resourceLimits);
    const answer = await ask(thread.running, left, thread.withinMs);
    if ('reports' in answer) {
      const { sizesBytes } = answer;
      for (const [at, { shown }] of left.entries()) thread.onDone?.(shown, sizesBytes[at] ?? 0);
      return putIn(unread, asked, answer);
    }
    // what the thread knew of the others is gone with it
    const { failed, reason } = answer;
    unread.set(failed, unreadReport(failed.shown, reason));
    thread.onDone?.(failed.shown, 0);
    await stop(thread);
  }
}

const NO_ANSWER: LooseFileAnswer = { reports: packValue([]), sizesBytes: [] };

/** The packed reports of all that was asked: those that a thread gave, and those of unread files. */
function putIn(
  unread: ReadonlyMap<LooseFileTask, LooseReport>,
  asked: readonly LooseFileTask[],
  { reports, sizesBytes }: LooseFileAnswer,
): Uint8Array {
  if (sizesBytes.length === asked.length) return reports;
  const given = unpackValue<LooseReport[]>(reports).values();
  return packValue(asked.map((one) => unread.get(one) ?? given.next().value ?? lost(one)));
}

function lost({ shown }: LooseFileTask): LooseReport {
  return unreadReport(shown, 'its thread said nothing about it');
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
  readonly failed: LooseFileTask;
  readonly reason: string;
}

async function ask(
  { worker, progress }: Thread,
  asked: readonly LooseFileTask[],
  withinMs: number,
): Promise<LooseFileAnswer | Failure> {
  const { promise, resolve } = Promise.withResolvers<LooseFileAnswer | Failure>();
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
    worker.postMessage(asked);
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.removeListener('message', resolve);
    worker.removeListener('exit', ended);
    worker.removeListener('error', crashed);
  }
}
