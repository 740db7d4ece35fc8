/** Inspects loose files in worker threads, bounded in time and memory for each file. */
import { packValue, type Sequence, unpackValue } from '../core/packed-list.ts';
import { createLooseFileThread, type LooseFileThread } from './loose-file-thread.ts';
import type { LooseFileTask } from './loose-file-worker.ts';
import type { LooseReport } from './loose-report.ts';
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

/** Files that a thread is asked about together: a question and its answer cost as much as a file. */
const TOGETHER_MAX = 32;
/** Questions for each thread at least, so that all of them end at about the same time. */
const QUESTIONS_LEAST = 16;

/**
 * One report a file, in the order of `tasks`. A crash, a time-out or too much memory makes that
 * file unread and starts a new thread for the others; never throws for a file. Where there are more
 * threads than one, each has a share of the memory, and what that is too small for is looked at once
 * more by one thread that is alone: the reports are the same for any number of threads.
 */
export async function inspectLooseFiles(
  tasks: Sequence<LooseFileTask>,
  options: ThreadOptions,
): Promise<Sequence<LooseReport>> {
  const answers: Uint8Array[] = [];
  const hungry: Repeated[] = [];
  const threads = Math.max(1, Math.min(options.threads, tasks.length));
  const together = Math.floor(tasks.length / (threads * QUESTIONS_LEAST));
  const queue = cut(tasks, Math.max(1, Math.min(TOGETHER_MAX, together)));
  const work = async (thread: LooseFileThread) => {
    for (const { place, asked } of queue) {
      for (const { shown } of asked) options.onFile(shown);
      const answered = await thread.answer(asked);
      answers[place] = answered.reports;
      if (answered.hungry.size > 0) hungry.push({ place, asked, again: answered.hungry });
    }
    await thread.stop();
  };
  await Promise.all(createThreads(threads, options).map(work));
  for (const alone of hungry.length > 0 ? createThreads(1, options) : []) {
    for (const one of hungry) {
      const { reports } = await alone.answer([...one.again]);
      answers[one.place] = replaceReports(one, answers[one.place] ?? reports, reports);
    }
    await alone.stop();
  }
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

/** Some of its files are to be asked about again. */
interface Repeated extends Question {
  readonly again: ReadonlySet<LooseFileTask>;
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

/** Threads that share the memory of the process, or one that has it alone. */
function createThreads(
  count: number,
  { heapMegabytes, withinMs, onDone }: ThreadOptions,
): readonly LooseFileThread[] {
  const conditions = {
    withinMs,
    resourceLimits: prepareHeaps(count, heapMegabytes),
    memory: count === 1 ? 'alone' : 'shared',
    ...(onDone === undefined ? {} : { onDone }),
  } as const;
  return Array.from({ length: count }, () => createLooseFileThread(conditions));
}

/** `before` with the reports of `again` in the place of what it holds of those files. */
function replaceReports(
  { asked, again }: Repeated,
  before: Uint8Array,
  reports: Uint8Array,
): Uint8Array {
  const given = unpackValue<LooseReport[]>(reports).values();
  const held = unpackValue<LooseReport[]>(before);
  return packValue(held.map((one, at) => (isIn(again, asked[at]) ? given.next().value : one)));
}

function isIn(again: ReadonlySet<LooseFileTask>, task: LooseFileTask | undefined): boolean {
  return task !== undefined && again.has(task);
}
