/** A worker thread of `scan`: opens one file after another where it can hurt nobody else. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Confidence } from '../core/finding.ts';
import type { InspectionLimits } from '../core/inspection-limits.ts';
import { packValue } from '../core/packed-list.ts';
import { type MemoryUse, wantsMemory } from '../inspect/unpack/unpack-limits.ts';
import { inspectLooseFile } from './loose-files.ts';
import type { LooseReport } from './loose-report.ts';

/** One file of those that the thread is asked about, by structured clone. */
export interface LooseFileTask {
  readonly path: string;
  readonly shown: string;
  readonly blockAt: Confidence;
  readonly limits: InspectionLimits;
}

/** Which of the files a thread is at, and since when (milliseconds of the epoch), in memory that it
 * shares with who asked: a thread that hangs or ends can tell nothing. */
export type LooseFileProgress = Float64Array<SharedArrayBuffer>;

/** What a thread is started with. */
export interface LooseFileThreadData {
  readonly progress: LooseFileProgress;
  readonly memory: MemoryUse;
}

/** What a thread answers to a list of tasks. */
export interface LooseFileAnswer {
  /** The list of their reports, packed. */
  readonly reports: Uint8Array<ArrayBuffer>;
  /** Of each file; 0 where it could not be opened. */
  readonly sizesBytes: readonly number[];
  /** At which of the files its share of the memory was too small. */
  readonly hungry: readonly number[];
}

/** Above it packed reports are handed over, not copied. V8 throws away all code of a thread that reads
 * typed arrays when it hands over memory for the first time, and makes slower code from then on. */
const COPIED_BYTES = 1024 * 1024;

parentPort?.on('message', async (tasks: readonly LooseFileTask[]) => {
  const { progress, memory } = workerData as LooseFileThreadData;
  const reports: LooseReport[] = [];
  const hungry: number[] = [];
  for (const [at, { path, shown, blockAt, limits }] of tasks.entries()) {
    progress.set([at, Date.now()]);
    const report = await inspectLooseFile(path, shown, blockAt, limits, memory);
    reports.push(report);
    const reasons = report.unread.map(({ reason }) => reason);
    if (memory === 'shared' && wantsMemory(reasons)) hungry.push(at);
  }
  const answer: LooseFileAnswer = {
    reports: packValue(reports),
    sizesBytes: reports.map(({ sizeBytes }) => sizeBytes ?? 0),
    hungry,
  };
  const { buffer, byteLength } = answer.reports;
  parentPort?.postMessage(answer, byteLength > COPIED_BYTES ? [buffer] : []);
});
