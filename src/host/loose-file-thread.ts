/** One worker thread that inspects loose files, bounded in time and memory for each of them. */
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { packValue, unpackValue } from '../core/packed-list.ts';
import type { MemoryUse } from '../inspect/unpack/unpack-limits.ts';
import type {
  LooseFileAnswer,
  LooseFileProgress,
  LooseFileTask,
  LooseFileThreadData,
} from './loose-file-worker.ts';
import { type LooseReport, unreadReport } from './loose-report.ts';

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './loose-file-worker.ts' : './loose-file-worker.js',
  import.meta.url,
);

/** A thread that is started when it is asked, and again where it ended. */
export interface LooseFileThread {
  /** What it says of files, in order; never throws for one. */
  answer(asked: readonly LooseFileTask[]): Promise<Answered>;
  /** Ends it; asked again, it starts anew. */
  stop(): Promise<void>;
}

export interface Answered {
  /** The list of reports, packed. */
  readonly reports: Uint8Array;
  /** Files that its share of the memory was too small for; their reports say so. */
  readonly hungry: ReadonlySet<LooseFileTask>;
}

export interface ThreadConditions {
  /** For one file; one that takes longer is unread. */
  readonly withinMs: number;
  readonly resourceLimits: ResourceLimits;
  readonly memory: MemoryUse;
  /** Called as each file is done that is not hungry. */
  readonly onDone?: (shown: string, sizeBytes: number) => void;
}

/** A thread that nothing was asked yet, and that does not run. */
export function createLooseFileThread(conditions: ThreadConditions): LooseFileThread {
  let running: Thread | undefined;
  const stop = async () => {
    await running?.worker.terminate();
    running = undefined;
  };
  const answer = async (asked: readonly LooseFileTask[]): Promise<Answered> => {
    const unread = new Map<LooseFileTask, LooseReport>();
    const hungry = new Set<LooseFileTask>();
    const settle = (one: LooseFileTask, isHungry: boolean, sizeBytes = 0) => {
      if (isHungry) hungry.add(one);
      else conditions.onDone?.(one.shown, sizeBytes);
    };
    for (let left = asked; left.length > 0; left = asked.filter((one) => !unread.has(one))) {
      running ??= startThread(conditions);
      const said = await ask(running, left, conditions.withinMs);
      if ('reports' in said) {
        const { sizesBytes } = said;
        for (const [at, one] of left.entries())
          settle(one, said.hungry.includes(at), sizesBytes[at]);
        return { reports: putIn(unread, asked, said), hungry };
      }
      // what the thread knew of the others is gone with it
      const { failed, reason, lacksMemory } = said;
      unread.set(failed, unreadReport(failed.shown, reason));
      settle(failed, lacksMemory && conditions.memory === 'shared');
      await stop();
    }
    return { reports: putIn(unread, asked, NO_ANSWER), hungry };
  };
  return { answer, stop };
}

const NO_ANSWER: LooseFileAnswer = { reports: packValue([]), sizesBytes: [], hungry: [] };

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

function startThread({ resourceLimits, memory }: ThreadConditions): Thread {
  const progress: LooseFileProgress = new Float64Array(new SharedArrayBuffer(16));
  // Nothing of this process' environment is any of a parser's business.
  const workerData: LooseFileThreadData = { progress, memory };
  const worker = new Worker(WORKER, { env: {}, resourceLimits, workerData });
  // An error that comes after its question was answered otherwise must not end the process.
  return { worker: worker.on('error', () => undefined), progress };
}

/** At which file a thread was when it ended or took too long. */
interface Failure {
  readonly failed: LooseFileTask;
  readonly reason: string;
  /** Whether its heap was full. */
  readonly lacksMemory: boolean;
}

async function ask(
  { worker, progress }: Thread,
  asked: readonly LooseFileTask[],
  withinMs: number,
): Promise<LooseFileAnswer | Failure> {
  const { promise, resolve } = Promise.withResolvers<LooseFileAnswer | Failure>();
  progress.set([0, Date.now()]);
  const fail = (reason: string, lacksMemory = false) => {
    const failed = asked[progress[0] ?? 0] ?? asked[0];
    if (failed !== undefined) resolve({ failed, reason, lacksMemory });
  };
  const crashed = (error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    const reason = error instanceof Error ? error.message : 'a crash';
    fail(reason, code === 'ERR_WORKER_OUT_OF_MEMORY');
  };
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
