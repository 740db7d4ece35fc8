/** A worker thread of `scan`: opens one file after another where it can hurt nobody else. */
import { parentPort } from 'node:worker_threads';
import type { Confidence } from '../core/finding.ts';
import type { InspectionLimits } from '../core/inspection-limits.ts';
import { inspectLooseFile } from './loose-files.ts';

/** What the thread is asked, by structured clone; it answers each with a LooseReport. */
export interface LooseFileTask {
  readonly path: string;
  readonly shown: string;
  readonly blockAt: Confidence;
  readonly limits: InspectionLimits;
}

parentPort?.on('message', async (task: LooseFileTask) => {
  const { path, shown, blockAt, limits } = task;
  parentPort?.postMessage(await inspectLooseFile(path, shown, blockAt, limits));
});
